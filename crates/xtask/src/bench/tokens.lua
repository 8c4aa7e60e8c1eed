-- What the scripts of wrk have in common: how a token is shown, and what came of it all.

local LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

function base64(text)
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

-- The organization and the token of a line of the sample, as a path and as headers.
local function shown(line)
    local owner, token = line:match("^(%S+) (%S+)$")
    return "/v1/organizations/" .. owner .. "/authorization_tokens", {
        ["Authorization"] = "Basic " .. base64(token .. ":"),
    }
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        'result: {"requests": %d, "seconds": %.6f, "slow": %.3f, "refused": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(99) / 1e3, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout
    ))
end
