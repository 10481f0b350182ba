using System.Globalization;
using System.Text;
using Headgate.Gateway.Pipeline;

namespace Headgate.Gateway.Policies.RateLimit;

/// <summary>The counts of one limit. Lives from plan to plan as long as the limit is the same. Thread-safe.</summary>
internal sealed class RateLimitState : IDisposable
{
    private static int s_states;

    public RateLimitState(LimitIdentity identity, bool isSingle, MemoryBudget budget)
    {
        Identity = identity;
        Table = new KeyTable(isSingle, budget);
        FieldName = Quote(identity.Name);
        PolicyField = string.Create(CultureInfo.InvariantCulture, $"{FieldName};q={identity.Limit};w={Math.Max(1, (long)Math.Ceiling(identity.Window.TotalSeconds))}");
    }

    public LimitIdentity Identity { get; }

    /// <summary>Its place in the order in which limits are locked; no two states have the same.</summary>
    public int Order { get; } = Interlocked.Increment(ref s_states);

    public KeyTable Table { get; }

    /// <summary>The name as header fields have it, in quotation marks.</summary>
    public string FieldName { get; }

    /// <summary>Its item of <c>RateLimit-Policy</c>.</summary>
    public string PolicyField { get; }

    public void Dispose() => Table.Dispose();

    // RFC 9651 §3.3.3: a String, of printable ASCII.
    private static string Quote(string name)
    {
        var text = new StringBuilder("\"");
        foreach (char c in name)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        return text.Append('"').ToString();
    }
}
