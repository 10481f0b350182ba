using System.CommandLine.Parsing;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Headgate.Server.Commands;

/// <summary>A URL that takes events of a replay.</summary>
internal sealed class EventReceiver : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http;
    private readonly Uri _url;

    private EventReceiver(HttpClient http, Uri url) => (_http, _url) = (http, url);

    /// <summary>Reads the value of <c>--to</c>.</summary>
    public static Uri? ReadUrl(ArgumentResult given)
    {
        string text = given.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https")
            return url;
        given.AddError($"--to needs a URL like http://127.0.0.1:9100/events, not '{text}'.");
        return null;
    }

    /// <summary>The receiver; null when a header field is none, which the console is told.</summary>
    public static EventReceiver? Create(Uri url, IReadOnlyList<string> headers, CommandConsole console)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = s_timeout };
        foreach (string header in headers)
        {
            string[] parts = header.Split(':', 2, StringSplitOptions.TrimEntries);
            if (parts is [{ Length: > 0 } name, { } value] && TryAdd(http, name, value))
                continue;
            http.Dispose();
            console.Refuse($"'{header}' is no header field. Write NAME: VALUE.");
            return null;
        }

        return new EventReceiver(http, url);
    }

    /// <summary>Posts events as one batch of CloudEvents.</summary>
    /// <returns>Why they are not known to be taken; null when they are.</returns>
    public async Task<string?> PostAsync(IReadOnlyList<JsonElement> events, CancellationToken cancellationToken)
    {
        using var content = new StringContent($"[{string.Join(',', events.Select(told => told.GetRawText()))}]");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        try
        {
            using HttpResponseMessage response = await _http.PostAsync(_url, content, cancellationToken);
            return response.IsSuccessStatusCode ? null : $"{_url} answered {(int)response.StatusCode}.";
        }
        catch (HttpRequestException exception)
        {
            return $"{_url} cannot be reached: {exception.Message}.";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{_url} did not answer within {s_timeout.TotalSeconds} s.";
        }
    }

    public void Dispose() => _http.Dispose();

    private static bool TryAdd(HttpClient http, string name, string value)
    {
        try
        {
            return http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
