-- Rotates one token on and on, each time the successor, some fifty times a second. Arguments: the file of tokens, each line
-- "organization token"; the last of them that was not taken for this before is taken, and beside that file is noted which.

local PAUSE = 20

local path, headers

function init(args)
    local lines = {}
    for line in io.lines(args[1]) do
        lines[#lines + 1] = line
    end
    local noted = io.open(args[1] .. "-taken", "r")
    local taken = noted and noted:read("n") or 0
    if noted then
        noted:close()
    end
    noted = assert(io.open(args[1] .. "-taken", "w"))
    noted:write(taken + 1)
    noted:close()
    path, headers = shown(lines[#lines - taken])
end

function delay()
    return PAUSE
end

function request()
    return wrk.format("POST", path .. "/rotate", headers)
end

function response(status, _, body)
    local token = body:match('"token":"([^"]+)"')
    if status < 300 and token then
        headers["Authorization"] = "Basic " .. base64(token .. ":")
    end
end
