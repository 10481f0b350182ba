using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Commerce.Tests.Support;

/// <summary>An event log that takes what the test lets it take.</summary>
internal sealed class FakeEventLog : IAsyncDisposable
{
    private RecordingServer _server = null!;

    /// <summary>How a request to append is answered; 202 takes its events.</summary>
    public Func<HttpContext, JsonArray, int> Answer { get; set; } = (_, _) => StatusCodes.Status202Accepted;

    /// <summary>The events that were taken, batch by batch.</summary>
    public ConcurrentQueue<JsonArray> Taken { get; } = new();

    public IEnumerable<JsonNode> Events => Taken.SelectMany(batch => batch).Select(told => told!);

    public Uri Address => new(_server.Address, "/events");

    /// <summary>How many requests to append there were.</summary>
    public int Requests => _server.Requests.Count(request => request.Method == "POST");

    public static async Task<FakeEventLog> StartAsync()
    {
        var log = new FakeEventLog();
        log._server = await RecordingServer.StartAsync(log.AnswerAsync);
        return log;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Method != "POST")
        {
            // Nobody reads here.
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var request = _server.Requests.Last(candidate => candidate.Method == "POST");
        var batch = JsonNode.Parse(request.Body)!.AsArray();
        http.Response.StatusCode = Answer(http, batch);
        if (http.Response.StatusCode == StatusCodes.Status202Accepted)
            Taken.Enqueue(batch);
        await http.Response.WriteAsync("{}", http.RequestAborted);
    }
}
