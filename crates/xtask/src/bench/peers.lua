-- Shows tokens to a peer, one after the other from a random place. Arguments: the peer, and the file of its tokens.

local SHAPES = {
    ["oidc-provider"] = function(token)
        local headers = {
            ["Authorization"] = "Basic " .. base64("bench:bench-secret"),
            ["Content-Type"] = "application/x-www-form-urlencoded",
        }
        return wrk.format("POST", "/token/introspection", headers, "token_type_hint=client_credentials&token=" .. token)
    end,
    ["better-auth"] = function(token)
        return wrk.format("GET", "/", { ["x-api-key"] = token })
    end,
    ["django-rest-knox"] = function(token)
        return wrk.format("GET", "/knox", { ["Authorization"] = "Token " .. token })
    end,
    ["djangorestframework-api-key"] = function(token)
        return wrk.format("GET", "/api-key", { ["Authorization"] = "Api-Key " .. token })
    end,
}

local requests = {}

function init(args)
    for token in io.lines(args[2]) do
        requests[#requests + 1] = SHAPES[args[1]](token)
    end
    math.randomseed(os.time())
end

function request()
    return requests[math.random(#requests)]
end
