using System.Globalization;
using System.Text;

namespace Headgate.Bench.Load;

/// <summary>The Lua that tells wrk what to send and makes it print exact figures.</summary>
internal static class WrkScript
{
    // Runs once at the end; it costs nothing while the load runs.
    private const string Done = """
        done = function(summary, latency)
          local e = summary.errors
          io.write(string.format('{"requests":%d,"durationMicroseconds":%d,"p50Microseconds":%d,"p99Microseconds":%d,"failed":%d}\n',
            summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
            e.connect + e.read + e.write + e.timeout + e.status))
        end

        """;

    // The clock tells this run of wrk from others on the same store.
    private const string Keys = """
        local run, at, line, rest = os.time() .. "-" .. os.clock(), 0, nil, nil
        request = function()
          if not line then line, rest = wrk.format():match("^(.-\r\n)(.*)$") end
          at = at + 1
          return line .. "Idempotency-Key: " .. run .. "-" .. at .. "\r\n" .. rest
        end

        """;

    public static string For(LoadRequest request)
    {
        var script = new StringBuilder();
        script.Append(CultureInfo.InvariantCulture, $"wrk.method = {Quote(request.Method)}\n");
        foreach (var (name, value) in request.Headers)
            script.Append(CultureInfo.InvariantCulture, $"wrk.headers[{Quote(name)}] = {Quote(value)}\n");
        if (request.BodyBytes > 0)
        {
            script.Append("wrk.headers[\"Content-Type\"] = \"application/json\"\n");
            script.Append(CultureInfo.InvariantCulture, $"wrk.body = {Quote(JsonPadding.OfLength(request.BodyBytes))}\n");
        }
        if (request.Operations > 0)
            script.Append(Rotation(request));
        if (request.HasKeys)
            script.Append(Keys);
        if (request.Tokens is { } tokens)
            script.Append(Tokens(tokens));
        return script.Append(Done).ToString();
    }

    // The request is put together once, and each token put into it. A line of the file is read for each request: no token is seen before it is sent.
    private static string Tokens(TokenFile tokens) => $"""
        local tokens = io.open({Quote(tokens.Path)})
        local line, rest
        request = function()
          if not line then line, rest = wrk.format():match("^(.-\r\n)(.*)$") end
          local token = tokens:read()
          {(tokens.Repeats ? "if not token then tokens:seek(\"set\") token = tokens:read() end" : "")}
          return line .. "Authorization: Bearer " .. (token or "none") .. "\r\n" .. rest
        end

        """;

    // A prime stride visits all operations in an order that no cache line or branch predictor knows.
    private static string Rotation(LoadRequest request) => string.Create(CultureInfo.InvariantCulture, $"""
        local at = 0
        request = function()
          at = (at + 7919) % {request.Operations}
          return wrk.format(nil, string.format({Quote(request.Path)}, at))
        end

        """);

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
