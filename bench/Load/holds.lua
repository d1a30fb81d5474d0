-- Every request asks for a slot that nobody has asked for: the threads take the even and the odd half hours, space after space.
local started = 0

function setup(thread)
  thread:set("number", started)
  started = started + 1
end

local function lines(path)
  local all = {}
  for line in io.lines(path) do all[#all + 1] = line end
  return all
end

function init(args)
  tokens, spaces, from, asked = lines(args[1]), lines(args[2]), tonumber(args[3]), 0
end

function request()
  local space = spaces[asked % #spaces + 1]
  local slot = math.floor(asked / #spaces) * 2 + number
  local at = from + slot * 1800
  asked = asked + 1
  return wrk.format("POST", nil, {
    ["Authorization"] = "Bearer " .. tokens[asked % #tokens + 1],
    ["Content-Type"] = "application/json",
  }, '{"space_id":"' .. space .. '","starts_at":"' .. os.date("!%Y-%m-%dT%H:%M:%SZ", at)
    .. '","ends_at":"' .. os.date("!%Y-%m-%dT%H:%M:%SZ", at + 1800) .. '"}')
end
