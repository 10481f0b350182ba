using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Tests.Telemetry;

namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>Runs cases through a gateway as the suite's own client does, but by a clock that does not make anybody wait.</summary>
internal sealed class CaseRunner(HttpClient client, ScriptedOrigin origin, ManualTime time)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(3);

    /// <summary>Runs a case.</summary>
    /// <returns>What failed; null when all is as expected.</returns>
    public async Task<string?> RunAsync(CacheCase test)
    {
        string run = Guid.NewGuid().ToString("N");
        origin.Expect(run, test);
        var answers = new List<Dictionary<string, string>>();
        for (int i = 0; i < test.Steps.Count; i++)
        {
            CacheStep step = test.Steps[i];
            using HttpResponseMessage response = await SendAsync(test, step, run, i + 1);
            Dictionary<string, string> headers = HeadersOf(response);
            string body = await response.Content.ReadAsStringAsync();
            answers.Add(headers);
            if (CheckAnswer(step, i + 1, (int)response.StatusCode, headers, body, run) is { } problem)
                return problem;
            if (step.PausesAfter)
                time.Advance(s_pause);
        }

        return CheckSeen(test, run, answers);
    }

    private async Task<HttpResponseMessage> SendAsync(CacheCase test, CacheStep step, string run, int number)
    {
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), $"/test/{run}");
        if (step.RequestBody is { } body)
            request.Content = new StringContent(body, Encoding.ASCII, "text/plain");
        (string, string)[] own = [.. step.Fields("request_headers", time.GetUtcNow(), $"/test/{run}").Select(field => (field.Name, field.Value))];

        // The suite's client says these unless a case has fields of its own.
        if (own.Length == 0)
            own = [("Pragma", "foo"), ("Cache-Control", "nothing-to-see-here")];
        foreach ((string name, string value) in own)
            request.Headers.TryAddWithoutValidation(name, value);
        request.Headers.Add("Test-ID", test.Id);
        request.Headers.Add("Req-Num", number.ToString(CultureInfo.InvariantCulture));
        return await client.SendAsync(request);
    }

    private static string? CheckAnswer(CacheStep step, int number, int status, Dictionary<string, string> headers, string body, string run)
    {
        int? count = headers.TryGetValue("Server-Request-Count", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        if (step.ExpectedType == "cached" && !(status == 304 && count is null) && !(count < number))
            return $"answer {number} does not come from the cache";
        if (step.ExpectedType == "not_cached" && count != number)
            return $"answer {number} comes from the cache";
        if (status != (step.ExpectedStatus ?? step.ResponseStatus ?? 200))
            return $"status {number} is {status}";
        return CheckHeaders(step, number, headers) ?? CheckBody(step, number, status, body, run);
    }

    private static string? CheckHeaders(CacheStep step, int number, Dictionary<string, string> headers)
    {
        foreach (JsonElement expected in step.Items("expected_response_headers"))
        {
            string name = expected.ValueKind == JsonValueKind.Array ? expected[0].GetString()! : expected.GetString()!;
            if (!headers.TryGetValue(name, out string? value))
                return $"answer {number} lacks {name}";
            if (expected.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == 2 && value != expected[1].ToString())
                return $"answer {number} has {name}: {value}";
        }

        foreach (JsonElement missing in step.Items("expected_response_headers_missing"))
        {
            bool isPair = missing.ValueKind == JsonValueKind.Array;
            string name = isPair ? missing[0].GetString()! : missing.GetString()!;
            if (headers.TryGetValue(name, out string? value) && (!isPair || value.Contains(missing[1].GetString()!, StringComparison.Ordinal)))
                return $"answer {number} has {name}: {value}";
        }

        return null;
    }

    private static string? CheckBody(CacheStep step, int number, int status, string body, string run)
    {
        if (!step.ChecksBody || status is 204 or 304 || step.Method == "HEAD")
            return null;
        string expected = step.ExpectedText ?? step.ResponseBody ?? run;
        return body == expected ? null : $"body {number} is '{body}'";
    }

    private string? CheckSeen(CacheCase test, string run, List<Dictionary<string, string>> answers)
    {
        IReadOnlyList<SeenRequest> seen = origin.SeenOf(run);
        int next = 0;
        for (int i = 0; i < test.Steps.Count; i++)
        {
            CacheStep step = test.Steps[i];
            if (step.ExpectedType == "cached")
                continue;
            if (next == seen.Count && step.ExpectedType is not null)
                return $"request {i + 1} was not sent on";
            if (next < seen.Count && CheckSeen(step, i + 1, seen[next++], answers[i]) is { } problem)
                return problem;
        }

        return null;
    }

    private static string? CheckSeen(CacheStep step, int number, SeenRequest seen, Dictionary<string, string> answer)
    {
        string? condition = step.ExpectedType switch { "etag_validated" => "if-none-match", "lm_validated" => "if-modified-since", _ => null };
        if (condition is not null && seen.Header(condition) is null)
            return $"request {number} has no {condition}";
        foreach (JsonElement expected in step.Items("expected_request_headers"))
        {
            if (seen.Header(expected[0].GetString()!.ToLowerInvariant()) != expected[1].GetString())
                return $"request {number} has not {expected[0]}: {expected[1]}";
        }

        foreach ((string name, string value) in seen.Checked)
        {
            if (!name.Equals("date", StringComparison.OrdinalIgnoreCase) && answer.GetValueOrDefault(name) != value)
                return $"answer {number} has {name}: {answer.GetValueOrDefault(name)}, not {value}";
        }

        return null;
    }

    private static Dictionary<string, string> HeadersOf(HttpResponseMessage response)
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, var values) in response.Headers.NonValidated)
            all[name] = string.Join(", ", values);
        foreach ((string name, var values) in response.Content.Headers.NonValidated)
            all[name] = string.Join(", ", values);
        return all;
    }
}
