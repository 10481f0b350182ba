using System.Collections.Concurrent;
using System.Text;
using Headgate.Gateway.Tests.Telemetry;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>The upstream of the cases: answers each request as its case wants, and keeps what it saw.</summary>
internal sealed class ScriptedOrigin : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, CacheCase> _cases = new();
    private readonly ConcurrentDictionary<string, List<SeenRequest>> _seen = new();
    private readonly ManualTime _time;
    private readonly RawServer _server;

    public ScriptedOrigin(ManualTime time)
    {
        _time = time;
        _server = new RawServer(ServeAsync);
    }

    public Uri Url => _server.Url;

    public void Expect(string run, CacheCase test) => _cases[run] = test;

    public IReadOnlyList<SeenRequest> SeenOf(string run) => _seen.TryGetValue(run, out List<SeenRequest>? seen) ? seen : [];

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ServeAsync(RawConnection connection)
    {
        while (await connection.ReadHeadAsync() is { } head)
        {
            SeenRequest request = SeenRequest.Parse(head);
            if (request.Header("content-length") is { } length)
                await connection.ReadExactlyAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
            await connection.SendAsync(Answer(request));
        }
    }

    private string Answer(SeenRequest request)
    {
        string run = request.Target.Split('/')[2].Split('?')[0];
        CacheCase test = _cases[run];
        int number = int.Parse(request.Header("req-num")!, System.Globalization.CultureInfo.InvariantCulture);
        CacheStep step = test.Steps[number - 1];
        List<SeenRequest> seen = _seen.GetOrAdd(run, _ => []);
        (string Name, string Value, bool IsChecked)[] fields = [.. step.Fields("response_headers", _time.GetUtcNow(), request.Target)];
        seen.Add(request with { Number = number, Checked = [.. fields.Where(field => field.IsChecked).GroupBy(field => field.Name).Select(group => (group.Key, string.Join(", ", group.Select(field => field.Value))))] });

        int status = StatusFor(test, number, step, request);
        string body = status is 204 or 304 || request.Method == "HEAD" ? "" : step.ResponseBody ?? run;
        var answer = new StringBuilder($"HTTP/1.1 {status} Status\r\nServer-Request-Count: {seen.Count}\r\n");
        foreach ((string name, string value, _) in fields)
            answer.Append(System.Globalization.CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        (string? declared, _) = fields.Where(field => field.Name == "Content-Length").Select(field => ((string?)field.Value, 0)).FirstOrDefault();
        if (declared is not null)
            body = body[..Math.Min(body.Length, int.Parse(declared, System.Globalization.CultureInfo.InvariantCulture))];
        else if (status is not (204 or 304))
            answer.Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        if (!fields.Any(field => field.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)))
            answer.Append("Content-Type: text/plain\r\n");
        return answer.Append("\r\n").Append(body).ToString();
    }

    // As the suite's own server does: where a condition is expected, one that holds is 304 and all else is 999.
    private int StatusFor(CacheCase test, int number, CacheStep step, SeenRequest request)
    {
        if (step.ExpectedType?.EndsWith("validated", StringComparison.Ordinal) != true)
            return step.ResponseStatus ?? 200;
        ILookup<string, string> before = test.Steps[number - 2].Fields("response_headers", _time.GetUtcNow(), request.Target)
            .ToLookup(field => field.Name, field => field.Value, StringComparer.OrdinalIgnoreCase);
        bool tagHolds = before["ETag"].LastOrDefault() is { } tag && request.Header("if-none-match") == tag;
        bool dateHolds = before["Last-Modified"].Any() && request.Header("if-modified-since") is not null;
        return tagHolds || dateHolds ? 304 : 999;
    }
}
