using System.Text.Json.Serialization.Metadata;

namespace Headgate.Server.Commands;

/// <summary>Prints lists that an instance answered with. Stateless.</summary>
internal static class AdminLists
{
    /// <summary>Prints a list, where there is one: a row for each item.</summary>
    /// <param name="reply">The list.</param>
    /// <param name="console">Where.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="type">How it is written as JSON.</param>
    /// <param name="none">What is said of an empty list.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="row">The row of an item.</param>
    /// <returns>The command's exit code.</returns>
    public static int PrintTable<T>(this AdminReply<IReadOnlyList<T>> reply, CommandConsole console, bool json, JsonTypeInfo<IReadOnlyList<T>> type, string none, string[] columns, Func<T, string[]> row) =>
        reply.PrintTable(console, json, type, none, columns, item => (IEnumerable<string[]>)[row(item)]);

    /// <summary>Prints a list, where there is one: a row for each item, and more where it has more to say.</summary>
    /// <param name="reply">The list.</param>
    /// <param name="console">Where.</param>
    /// <param name="json">Whether as JSON.</param>
    /// <param name="type">How it is written as JSON.</param>
    /// <param name="none">What is said of an empty list.</param>
    /// <param name="columns">The columns' names.</param>
    /// <param name="rows">The rows of an item.</param>
    /// <returns>The command's exit code.</returns>
    public static int PrintTable<T>(
        this AdminReply<IReadOnlyList<T>> reply, CommandConsole console, bool json, JsonTypeInfo<IReadOnlyList<T>> type, string none, string[] columns, Func<T, IEnumerable<string[]>> rows) =>
        reply.Print(console, json, type, items =>
        {
            if (items.Count == 0)
                console.Output.WriteLine(none);
            else
                TextTable.Write(console.Output, [columns, .. items.SelectMany(rows)]);
        });
}
