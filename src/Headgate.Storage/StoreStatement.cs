namespace Headgate.Storage;

/// <summary>A statement of a <see cref="StoreScript"/> with its values. What it says of values and SQL is what <see cref="StoreSession"/> says. Immutable, thread-safe.</summary>
public sealed class StoreStatement
{
    /// <param name="sql">The statement.</param>
    /// <param name="values">The values of <c>$1</c>, <c>$2</c>, … in turn; arrays must not be changed afterwards.</param>
    /// <exception cref="ArgumentException">A value is none that both engines keep alike.</exception>
    public StoreStatement(string sql, params ReadOnlySpan<object?> values) => (Sql, Values) = (sql, StoreValue.Bind(values));

    /// <summary>The statement.</summary>
    public string Sql { get; }

    /// <summary>The tables of which it reads rows that it does not change, to go by them: none as a rule. What it reads there has to stay so once it is so, since nothing would notice that it changes.</summary>
    public IReadOnlyList<string> Settled { get; init; } = [];

    /// <summary>The values as drivers take them.</summary>
    internal object[] Values { get; }
}
