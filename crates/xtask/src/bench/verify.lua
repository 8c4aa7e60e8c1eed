-- Shows tokens, one after the other from a random place: what wrk sends, and how it tells what came of it.
-- Arguments: the file of tokens, each line "organization token", how many of them to show, and "known" or "unknown": with one
-- in five that is not.

local requests = {}

local function read(path, most)
    for line in io.lines(path) do
        if #requests == most then
            break
        end
        local path, headers = shown(line)
        requests[#requests + 1] = wrk.format("GET", path .. "/current", headers)
    end
end

function init(args)
    local most = tonumber(args[2])
    read(args[1], most)
    if args[3] == "unknown" then
        local known = requests
        requests = {}
        read(args[1] .. "-unknown", most / 5)
        local unknown = requests
        requests = known
        for number, request in ipairs(unknown) do
            requests[(number * 5 - 1) % #requests + 1] = request
        end
    end
    math.randomseed(os.time())
end

function request()
    return requests[math.random(#requests)]
end
