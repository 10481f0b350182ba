using System.Net.Http.Json;
using System.Text.Json;
using Headgate.OpenApi.Model;
using Headgate.Server.Admin;

namespace Headgate.Server.Tests.Support;

/// <summary>Calls the admin API with its key; every answer is held to the API's document.</summary>
internal sealed class AdminApi(TestGateway gateway)
{
    /// <summary>Sends a request and checks status and answer.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path after /admin/v1, with its query.</param>
    /// <param name="expected">The status that it has to have.</param>
    /// <param name="body">What is sent: a string as it is, anything else as JSON; null for nothing.</param>
    /// <returns>The answer; undefined when it has no body.</returns>
    public async Task<JsonElement> SendAsync(string method, string path, int expected = 200, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), AdminEndpoints.Prefix + path) { Headers = { { "X-Admin-Key", TestGateway.AdminKeyText } } };
        if (body is not null)
            request.Content = body is string text ? new StringContent(text) : JsonContent.Create(body);
        using HttpResponseMessage response = await gateway.Admin.SendAsync(request, TestContext.Current.CancellationToken);
        byte[] answer = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == expected, $"{method} {path} answers {(int)response.StatusCode}, not {expected}: {System.Text.Encoding.UTF8.GetString(answer)}");
        if (Find(method, path) is { } operation)
            DocumentedAnswer.Check(operation, expected, response.Content.Headers.ContentType?.MediaType, answer);
        return answer.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(answer);
    }

    /// <summary>The operation to which a path belongs; null when the document has none.</summary>
    private static ApiOperation? Find(string method, string path)
    {
        string[] segments = path.Split('?')[0].Split('/');
        return AdminDocument.Current.Api.Operations
            .Where(operation => operation.Method == method && Fits(operation.Path.Text.Split('/'), segments))
            .MinBy(operation => operation.Path.Text.Count(c => c == '{'));
    }

    private static bool Fits(string[] template, string[] segments) =>
        template.Length == segments.Length && template.Zip(segments).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
