-- Shows tokens, one after the other from a random place: what wrk sends, and how it tells what came of it.
-- Arguments: the file of tokens, each line "organization token", how many of them to show, and "known" or "unknown": with one
-- in five that is not.

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

local function base64(text)
    local out = {}
    for first = 1, #text, 3 do
        local a, b, c = text:byte(first, first + 2)
        local bits = a * 65536 + (b or 0) * 256 + (c or 0)
        for place, shift in ipairs({ 262144, 4096, 64, 1 }) do
            local digit = math.floor(bits / shift) % 64 + 1
            local is_padding = (place == 3 and not b) or (place == 4 and not c)
            out[#out + 1] = is_padding and "=" or LETTERS:sub(digit, digit)
        end
    end
    return table.concat(out)
end

local requests = {}

local function read(path, most)
    for line in io.lines(path) do
        if #requests == most then
            break
        end
        local owner, token = line:match("^(%S+) (%S+)$")
        requests[#requests + 1] = wrk.format("GET", "/v1/organizations/" .. owner .. "/authorization_tokens/current", {
            ["Authorization"] = "Basic " .. base64(token .. ":"),
        })
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

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        'result: {"requests": %d, "seconds": %.6f, "slow": %.3f, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(99) / 1e3, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout
    ))
end
