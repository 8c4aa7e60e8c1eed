-- Rotates tokens, each of them once, one after the other.
-- Arguments: the file of tokens, each line "organization token", and how many at its beginning are rotated already.

local requests = {}
local last = 0

function init(args)
    local passed = tonumber(args[2])
    for line in io.lines(args[1]) do
        if passed > 0 then
            passed = passed - 1
        else
            local path, headers = shown(line)
            requests[#requests + 1] = wrk.format("POST", path .. "/rotate", headers)
        end
    end
end

function request()
    last = last % #requests + 1
    return requests[last]
end
