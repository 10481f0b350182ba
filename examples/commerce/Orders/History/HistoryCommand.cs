using System.CommandLine;
using System.Text.Json;
using Commerce.Shared.Data;
using Commerce.Shared.Hosting;

namespace Commerce.Orders.History;

/// <summary><c>commerce history --data DIR</c>: compares the read model of customers' orders with a replay of the event log on standard input.</summary>
internal static class HistoryCommand
{
    private const int Equal = 0;
    private const int Different = 1;
    private const int CannotCompare = 2;

    public static Command Create(Option<string> data, TextReader input, TextWriter output, TextWriter errors)
    {
        var command = new Command("history", "Make the read model of customers' orders once more from a replay of the event log on standard input (headgate events replay --after 0), and compare it with the one that the order service keeps. Exit codes: 0 equal, 1 different, 2 cannot be compared.")
        {
            data,
        };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(data), input, output, errors, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string data, TextReader input, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        var file = Path.Combine(data, $"{ServiceNames.Order}.db");
        if (!File.Exists(file))
        {
            await errors.WriteLineAsync($"commerce: There is no {file}. Name the services' data directory with --data.");
            return CannotCompare;
        }

        var comparison = new HistoryComparison();
        try
        {
            await comparison.ReadAsync(input, cancellationToken);
        }
        catch (JsonException error)
        {
            await errors.WriteLineAsync($"commerce: What comes on standard input is no replay of the event log: {error.Message}");
            return CannotCompare;
        }

        return await CompareAsync(comparison, DatabaseReader.Read(file, CustomerOrderTable.All), output);
    }

    private static async Task<int> CompareAsync(HistoryComparison comparison, IReadOnlyList<CustomerOrderRow> model, TextWriter output)
    {
        var differences = comparison.DifferencesFrom(model);
        foreach (var difference in differences)
            await output.WriteLineAsync(difference);
        await output.WriteLineAsync(differences.Count == 0
            ? $"equal: {comparison.Orders} orders from {comparison.Events} events, up to offset {comparison.End}"
            : $"different: {differences.Count} of {comparison.Orders} orders, up to offset {comparison.End}");
        return differences.Count == 0 ? Equal : Different;
    }
}
