namespace Headgate.Integration.Operations;

/// <summary>Which operations a list is to have. Immutable.</summary>
public sealed record OperationFilter
{
    /// <summary>Every operation.</summary>
    public static OperationFilter Everything { get; } = new();

    /// <summary>Only those of an owner; null for whoever's.</summary>
    public string? Owner { get; init; }

    /// <summary>Only those of a tenant, <c>""</c> for none's; null for whichever tenant's.</summary>
    public string? Tenant { get; init; }

    /// <summary>Only those of an API; null for whichever's.</summary>
    public string? Api { get; init; }

    /// <summary>Only those in one of these states; empty for whichever.</summary>
    public IReadOnlyList<OperationState> States { get; init; } = [];

    /// <summary>Only those of a kind; null for whichever.</summary>
    public string? Kind { get; init; }

    /// <summary>Only those of a name; null for whichever.</summary>
    public string? Name { get; init; }

    /// <summary>Only those that need attention, or that need none; null for both.</summary>
    public bool? NeedsAttention { get; init; }

    /// <summary>Whether an operation is wanted.</summary>
    internal bool Matches(OperationRecord record) =>
        (Owner is null || record.Owner == Owner)
        && (Tenant is null || (record.Tenant ?? "") == Tenant)
        && (Api is null || record.Api == Api)
        && (States.Count == 0 || States.Contains(record.State))
        && (Kind is null || record.Kind == Kind)
        && (Name is null || record.Name == Name)
        && (NeedsAttention is null || record.Attention is not null == NeedsAttention);
}
