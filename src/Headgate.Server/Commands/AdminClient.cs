using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Headgate.Server.Hosting;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>Talks to the admin API of a running instance, for the commands that ask one.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;

    private AdminClient(Uri address, AdminKey key)
    {
        _http = CreateHttp(address);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
    }

    /// <summary>A value as the body of a request.</summary>
    public static HttpContent Body<T>(T value, JsonTypeInfo<T> type) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(value, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>Asks for something that is answered with JSON.</summary>
    public static async Task<AdminReply<T>> AskAsync<T>(AdminTarget target, HttpMethod method, string path, HttpContent? body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        (byte[]? json, int exitCode) = await SendAsync(target, method, path, body, cancellationToken);
        if (json is null)
            return new AdminReply<T>(null, exitCode);
        try
        {
            return new AdminReply<T>(JsonSerializer.Deserialize(json, type), exitCode);
        }
        catch (JsonException)
        {
            return new AdminReply<T>(null, target.Console.Refuse($"What answers to {method} {path} is not Headgate's admin API."));
        }
    }

    /// <summary>Asks for a list, page by page, to its end.</summary>
    /// <param name="target">The instance.</param>
    /// <param name="path">The path with its query, if only a "?".</param>
    /// <param name="type">A page of it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<AdminReply<IReadOnlyList<T>>> ListAsync<T>(AdminTarget target, string path, JsonTypeInfo<PageReport<T>> type, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        string? next = null;
        do
        {
            string page = next is null ? path : $"{path}&cursor={next}";
            AdminReply<PageReport<T>> reply = await AskAsync(target, HttpMethod.Get, page, null, type, cancellationToken);
            if (reply.Value is not { } found)
                return new AdminReply<IReadOnlyList<T>>(null, reply.ExitCode);
            items.AddRange(found.Items);
            next = found.Next;
        }
        while (next is not null);
        return new AdminReply<IReadOnlyList<T>>(items, ExitCodes.Success);
    }

    /// <summary>Asks for something that has no answer but that it is done.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> TellAsync(AdminTarget target, HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken) =>
        (await SendAsync(target, method, path, body, cancellationToken)).ExitCode;

    /// <summary>Reads the metrics, for which no key is needed. Writes nothing to the console.</summary>
    /// <returns>The text; null, with the reason, when the instance is not reached.</returns>
    public static async Task<(string? Text, string Reason)> ReadMetricsAsync(AdminTarget target, CancellationToken cancellationToken)
    {
        if (FindAddress(target.Data, target.Admin, out string reason) is not { } address)
            return (null, reason);
        using HttpClient http = CreateHttp(address);
        try
        {
            using HttpResponseMessage response = await http.GetAsync("/metrics", cancellationToken);
            return response.IsSuccessStatusCode
                ? (await response.Content.ReadAsStringAsync(cancellationToken), "")
                : (null, $"What answers at {address} is not Headgate's admin listener: /metrics is {(int)response.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            return (null, $"The instance at {address} does not answer: {exception.Message}.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"The instance at {address} does not answer within {http.Timeout.TotalSeconds} s.");
        }
    }

    public void Dispose() => _http.Dispose();

    // The admin listener is on this machine as a rule: a proxy of the environment must not see the key.
    private static HttpClient CreateHttp(Uri address) => new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address };

    private static async Task<(byte[]? Json, int ExitCode)> SendAsync(AdminTarget target, HttpMethod method, string path, HttpContent? body, CancellationToken cancellationToken)
    {
        using AdminClient? client = Find(target.Data, target.Admin, out string reason);
        return client is null ? (null, target.Console.Refuse(reason)) : await client.SendAsync(method, path, body, target.Console, cancellationToken);
    }

    private static AdminClient? Find(string data, string? admin, out string reason)
    {
        if (FindAddress(data, admin, out reason) is not { } address)
            return null;
        string directory = Path.GetFullPath(data);
        if (AdminKey.ForClient(Environment.GetEnvironmentVariable(AdminKey.EnvironmentName), directory) is { } key)
            return new AdminClient(address, key);
        reason = $"The admin key in {directory} cannot be read. Run this as the user of the instance, or give the key in {AdminKey.EnvironmentName}.";
        return null;
    }

    private static Uri? FindAddress(string data, string? admin, out string reason)
    {
        string directory = Path.GetFullPath(data);
        string? address = admin ?? RunFile.Read(directory)?.Admin;
        if (address is null)
        {
            reason = $"No instance runs with the data directory {directory}. Name its own with --data DIR, or its address with --admin URL.";
            return null;
        }

        if (!Uri.TryCreate(address.Replace("//*:", "//127.0.0.1:", StringComparison.Ordinal), UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
        {
            reason = $"{address} is not the address of an admin listener. Write it like http://127.0.0.1:8081.";
            return null;
        }

        reason = "";
        return uri;
    }

    private async Task<(byte[]? Json, int ExitCode)> SendAsync(HttpMethod method, string path, HttpContent? content, CommandConsole console, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);

            // A reload that found errors answers 422 with the same report.
            if (response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.UnprocessableEntity && response.Content.Headers.ContentType?.MediaType == "application/json"))
                return (body, ExitCodes.Success);
            console.Refuse($"The instance answered {(int)response.StatusCode}: {Refusal(response, body)}");
            return (null, response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity ? ExitCodes.Failure : ExitCodes.Usage);
        }
        catch (HttpRequestException exception)
        {
            return (null, console.Refuse($"The instance at {_http.BaseAddress} does not answer: {exception.Message}. Is it running?"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, console.Refuse($"The instance at {_http.BaseAddress} does not answer within {_http.Timeout.TotalSeconds} s."));
        }
    }

    private static string Refusal(HttpResponseMessage response, byte[] body)
    {
        const string foreign = "not Headgate's admin API";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return foreign;
        try
        {
            return JsonSerializer.Deserialize(body, ReportJson.Readable.ProblemReport)?.ToString() ?? foreign;
        }
        catch (JsonException)
        {
            return foreign;
        }
    }
}
