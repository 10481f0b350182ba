using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Headgate.Server.Hosting;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>Talks to the admin API of a running instance for <c>status</c>, <c>reload</c> and <c>explain</c>.</summary>
internal sealed class AdminClient : IDisposable
{
    private readonly HttpClient _http;

    private AdminClient(Uri address, AdminKey key)
    {
        // The admin listener is on this machine as a rule: a proxy of the environment must not see the key.
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Text);
    }

    /// <summary>Asks the instance that runs with a data directory. Null when it cannot be found or says no; why, is then on the console.</summary>
    public static async Task<T?> AskAsync<T>(
        string data, string? admin, HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CommandConsole console, CancellationToken cancellationToken)
        where T : class
    {
        using AdminClient? client = Find(data, admin, out string reason);
        T? answer = null;
        if (client is not null)
            (answer, reason) = await client.SendAsync(method, path, content, type, cancellationToken);
        if (answer is null)
            console.Refuse(reason);
        return answer;
    }

    public void Dispose() => _http.Dispose();

    private static AdminClient? Find(string data, string? admin, out string reason)
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

        if (AdminKey.ForClient(Environment.GetEnvironmentVariable(AdminKey.EnvironmentName), directory) is not { } key)
        {
            reason = $"The admin key in {directory} cannot be read. Run this as the user of the instance, or give the key in {AdminKey.EnvironmentName}.";
            return null;
        }

        reason = "";
        return new AdminClient(uri, key);
    }

    private async Task<(T? Answer, string Reason)> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);

            // A reload that found errors answers 422 with the same report.
            bool isAnswer = response.IsSuccessStatusCode || (response.StatusCode == HttpStatusCode.UnprocessableEntity && response.Content.Headers.ContentType?.MediaType == "application/json");
            return isAnswer ? (JsonSerializer.Deserialize(body, type), "") : (null, Refusal(response, body));
        }
        catch (HttpRequestException exception)
        {
            return (null, $"The instance at {_http.BaseAddress} does not answer: {exception.Message}. Is it running?");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (null, $"The instance at {_http.BaseAddress} does not answer within {_http.Timeout.TotalSeconds} s.");
        }
        catch (JsonException)
        {
            return (null, $"What answers at {_http.BaseAddress} is not Headgate's admin API.");
        }
    }

    private static string Refusal(HttpResponseMessage response, byte[] body)
    {
        ProblemReport? problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? JsonSerializer.Deserialize(body, ReportJson.Readable.ProblemReport)
            : null;
        return $"The instance answered {(int)response.StatusCode}: {problem?.Detail ?? "not Headgate's admin API"}";
    }
}
