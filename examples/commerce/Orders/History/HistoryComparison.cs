using System.Text.Json;
using Commerce.Shared.Events;
using Commerce.Shared.Web;

namespace Commerce.Orders.History;

/// <summary>
/// Makes the read model of customers' orders once more, from a replay of the log, and compares: a proof that the model is what the
/// events say, and nothing else.
/// </summary>
internal sealed class HistoryComparison
{
    private readonly Dictionary<string, CustomerOrderRow> _rebuilt = [];
    private long _end;

    /// <summary>How many events of the replay were about orders.</summary>
    public int Events { get; private set; }

    /// <summary>How many orders the replay knows.</summary>
    public int Orders => _rebuilt.Count;

    /// <summary>Up to where the replay went.</summary>
    public long End => _end;

    /// <summary>Reads a replay: one CloudEvent in JSON a line.</summary>
    /// <exception cref="JsonException">A line is none.</exception>
    public async Task ReadAsync(TextReader replay, CancellationToken cancellationToken)
    {
        while (await replay.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
                Take(JsonSerializer.Deserialize<CloudEvent>(line, Json.Foreign) ?? throw new JsonException("It is null."));
        }
    }

    /// <summary>What is not equal, in words. A row that changed after the replay's end is not compared.</summary>
    public IReadOnlyList<string> DifferencesFrom(IReadOnlyList<CustomerOrderRow> model)
    {
        var differences = new List<string>();
        var kept = model.ToDictionary(row => row.OrderId);
        foreach (var (id, rebuilt) in _rebuilt)
        {
            if (!kept.Remove(id, out var row))
                differences.Add($"{id} is missing; the log says: {rebuilt}");
            else if (row != rebuilt && row.LogOffset <= _end)
                differences.Add($"{id} is {row}; the log says: {rebuilt}");
        }

        differences.AddRange(kept.Values.Where(row => row.LogOffset <= _end).Select(row => $"{row.OrderId} is {row}; the log says nothing of it"));
        return differences;
    }

    private void Take(CloudEvent happened)
    {
        _end = Math.Max(_end, happened.Offset ?? 0);
        if (CustomerOrderRow.Next(_rebuilt.GetValueOrDefault(happened.Subject ?? ""), happened) is not { } row)
            return;
        Events++;
        _rebuilt[row.OrderId] = row;
    }
}
