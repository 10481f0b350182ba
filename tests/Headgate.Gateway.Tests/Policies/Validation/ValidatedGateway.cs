using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Gateway.Plans;
using Headgate.TestSupport;

namespace Headgate.Gateway.Tests.Policies.Validation;

/// <summary>A gateway in front of a service that tells what it saw, and requests to it byte for byte: an HTTP client would mend most of them.</summary>
internal sealed class ValidatedGateway : IAsyncDisposable
{
    private ValidatedGateway(EchoUpstream upstream, TestGateway gateway) => (Upstream, Gateway) = (upstream, gateway);

    public EchoUpstream Upstream { get; }

    public TestGateway Gateway { get; }

    public static async Task<ValidatedGateway> StartAsync(string document)
    {
        EchoUpstream upstream = await EchoUpstream.StartAsync();
        return new ValidatedGateway(upstream, await TestGateway.StartAsync(document, new PlanOptions { Services = new Dictionary<string, IReadOnlyList<Uri>> { ["upstream"] = [upstream.Url] } }));
    }

    /// <summary>What was answered: <c>200</c>, or a status and everything that is wrong. What is refused the service has not seen.</summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The target as it is sent.</param>
    /// <param name="body">The body as ISO-8859-1, so that every byte can be written; null for none.</param>
    /// <param name="headers">Header fields.</param>
    public async Task<string> AskAsync(string method, string target, string? body = null, params string[] headers)
    {
        int before = Upstream.Requests;
        using RawConnection client = await RawConnection.ConnectAsync(Gateway.Url);
        string length = body is null || headers.Any(header => header.StartsWith("Transfer-Encoding:", StringComparison.Ordinal)) ? "" : $"Content-Length: {body.Length}\r\n";
        await client.SendAsync($"{method} {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{length}{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}");
        string head = (await client.ReadHeadAsync())!;
        string answer = (await client.ReadToEndAsync()).Text;
        int status = int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
        if (status < 300)
            return "200";
        Assert.Equal(before, Upstream.Requests);
        using JsonDocument problem = JsonDocument.Parse(Encoding.Latin1.GetBytes(answer));
        return problem.RootElement.TryGetProperty("errors", out JsonElement errors)
            ? $"{status} {string.Join('|', errors.EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("detail")}"))}"
            : $"{status} {problem.RootElement.GetProperty("detail").GetString()}";
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }
}
