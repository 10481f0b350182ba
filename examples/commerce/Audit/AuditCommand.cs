using System.CommandLine;
using Microsoft.Data.Sqlite;

namespace Commerce.Audit;

/// <summary><c>commerce audit --data DIR --store FILE</c>: compares the provider's books, the stock, the orders and the sagas.</summary>
internal static class AuditCommand
{
    private const int Agrees = 0;
    private const int Disagrees = 1;
    private const int CannotAudit = 2;

    public static Command Create(Option<string> data, TextWriter output, TextWriter errors)
    {
        var store = new Option<string>("--store")
        {
            Description = "The gateway's store, an SQLite file",
            DefaultValueFactory = _ => Path.Combine(".headgate", "headgate.db"),
        };
        var command = new Command("audit", "Compare the payment provider's books, the stock, the orders and the gateway's sagas: read from their files, without asking a service. Exit codes: 0 they agree and every saga has ended, 1 they do not, 2 they cannot be read.")
        {
            data, store,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetRequiredValue(data), parsed.GetRequiredValue(store), output, errors));
        return command;
    }

    private static async Task<int> RunAsync(string data, string store, TextWriter output, TextWriter errors)
    {
        AuditedBooks books;
        try
        {
            books = AuditedBooks.Read(data, store);
        }
        catch (Exception error) when (error is IOException or SqliteException)
        {
            await errors.WriteLineAsync($"commerce: The books cannot be read. Name the services' data directory with --data, and the gateway's store with --store. ({error.Message})");
            return CannotAudit;
        }

        var findings = new Auditor(books).Findings();
        foreach (var finding in findings)
            await output.WriteLineAsync(finding);
        await output.WriteLineAsync($"{(findings.Count == 0 ? "agree" : "disagree")}: {books.Orders.Count} orders, {books.Ledger.Count} movements of money, {books.Reservations.Count} reservations; "
            + $"{books.Sagas.Count} sagas, of which {books.Sagas.Count(saga => saga.IsDone)} are finished, {books.Sagas.Count(saga => saga.IsUndone)} undone, {books.Sagas.Count(saga => saga.NeedsAttention)} need attention");
        foreach (var saga in books.Sagas.Where(saga => saga.NeedsAttention))
            await output.WriteLineAsync($"  {saga.Id} {saga.Name} needs attention: {saga.Attention}");
        return findings.Count == 0 ? Agrees : Disagrees;
    }
}
