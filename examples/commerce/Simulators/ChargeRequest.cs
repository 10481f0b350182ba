using System.Text.Json;
using Commerce.Shared.Models;
using Commerce.Shared.Web;

namespace Commerce.Simulators;

/// <summary>The body of a charge and of an intent: an amount in minor units, and the card where there is one.</summary>
internal sealed record ChargeRequest
{
    public required long Amount { get; init; }

    public required Currency Currency { get; init; }

    public ChargeSource? Source { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public void Validate()
    {
        var violations = new Violations();
        violations.Require(Amount is > 0 and <= 100_000_000_000, "/amount", "must be from 1 to 100000000000 minor units");
        violations.Text(Source?.Card, "/source/card", 19, shortest: 12);
        violations.ThrowIfAny();
    }
}
