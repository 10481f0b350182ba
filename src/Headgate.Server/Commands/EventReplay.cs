using System.Globalization;
using System.Text;
using System.Text.Json;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>The events that the log has after an offset, up to its end when it is reached, for somebody outside.</summary>
/// <param name="target">The instance.</param>
/// <param name="after">The offset.</param>
/// <param name="type">Types, separated by commas; null for all.</param>
/// <param name="tenant">The tenant; null for all.</param>
internal sealed class EventReplay(AdminTarget target, long after, string? type, string? tenant)
{
    // Of a batch, unless one event alone is larger: most receivers take a megabyte.
    private const int MostBatchChars = 256 * 1024;

    private long _next = after;
    private long _count;

    /// <summary>Writes one CloudEvent a line.</summary>
    public Task<int> ToOutputAsync(CancellationToken cancellationToken) => RunAsync(
        page =>
        {
            foreach (JsonElement told in page.Events)
                target.Console.Output.WriteLine(LineOf(told));
            _count += page.Events.Count;
            return Task.FromResult(ExitCodes.Success);
        },
        cancellationToken);

    /// <summary>Has a URL take them.</summary>
    public Task<int> ToUrlAsync(EventReceiver receiver, CancellationToken cancellationToken) => RunAsync(
        async page =>
        {
            foreach (IReadOnlyList<JsonElement> batch in BatchesOf(page.Events))
            {
                if (await receiver.PostAsync(batch, cancellationToken) is { } problem)
                {
                    target.Console.Error.WriteLine($"headgate: {problem} It has taken {_count} events. Go on with --after {_next}.");
                    return ExitCodes.Failure;
                }

                _count += batch.Count;
                _next = long.Parse(batch[^1].GetProperty("offset").GetString()!, CultureInfo.InvariantCulture);
            }

            return ExitCodes.Success;
        },
        cancellationToken);

    private static IEnumerable<IReadOnlyList<JsonElement>> BatchesOf(IReadOnlyList<JsonElement> events)
    {
        var batch = new List<JsonElement>();
        int chars = 0;
        foreach (JsonElement told in events)
        {
            int more = told.GetRawText().Length;
            if (batch.Count > 0 && chars + more > MostBatchChars)
            {
                yield return batch;
                (batch, chars) = ([], 0);
            }

            batch.Add(told);
            chars += more;
        }

        if (batch.Count > 0)
            yield return batch;
    }

    // What is at the end when it is reached is the end: a log that grows faster than it is read would have none.
    private async Task<int> RunAsync(Func<EventReplayPage, Task<int>> take, CancellationToken cancellationToken)
    {
        long? end = null;
        while (true)
        {
            AdminReply<EventReplayPage> reply = await AdminClient.AskAsync(target, HttpMethod.Get, Path(), null, ReportJson.Readable.EventReplayPage, cancellationToken);
            if (reply.Value is not { } page)
                return reply.ExitCode;
            end ??= page.End;
            if (!page.Recovered)
                target.Console.Error.WriteLine($"headgate: Events after offset {_next} are gone: they were older, or more, than the log keeps.");
            int exitCode = await take(page);
            if (exitCode != ExitCodes.Success)
                return exitCode;
            _next = page.Next;
            if (page.IsAtEnd || _next >= end)
                return Finished();
        }
    }

    private int Finished()
    {
        target.Console.Error.WriteLine($"{_count} events, up to offset {_next}");
        return ExitCodes.Success;
    }

    // Data are as their producer wrote them, and a line ends where the event does: without what stands between tokens. No text is made of strings, since of some there can be none.
    private static string LineOf(JsonElement told)
    {
        string json = told.GetRawText();
        var line = new StringBuilder(json.Length);
        bool isInString = false;
        for (int i = 0; i < json.Length; i++)
        {
            char c = json[i];
            isInString ^= c == '"';
            if (isInString || !char.IsWhiteSpace(c))
                line.Append(c);
            if (c == '\\')
                line.Append(json[++i]);
        }

        return line.ToString();
    }

    private string Path()
    {
        string path = $"/admin/v1/event-replay?after={_next.ToString(CultureInfo.InvariantCulture)}";
        if (type is not null)
            path += $"&type={Uri.EscapeDataString(type)}";
        return tenant is null ? path : $"{path}&tenant={Uri.EscapeDataString(tenant)}";
    }
}
