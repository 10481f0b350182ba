using Headgate.Gateway.Errors;
using Headgate.OpenApi.Schemas;

namespace Headgate.Gateway.Policies.Validation;

/// <summary>What is wrong with one request, up to a bound. Holds nothing, and costs nothing, until something is.</summary>
internal struct Violations
{
    /// <summary>How many are told.</summary>
    public const int MostTold = 64;

    private List<FailureDetail>? _found;

    /// <summary>Whether no more are told.</summary>
    public readonly bool IsFull => _found is { Count: >= MostTold };

    public readonly bool Any => _found is not null;

    public readonly IReadOnlyList<FailureDetail> All => _found ?? [];

    public void Add(string pointer, string detail)
    {
        _found ??= [];
        if (_found.Count < MostTold)
            _found.Add(new FailureDetail(pointer, detail));
    }

    /// <summary>Adds what a validation found, under the place of its value.</summary>
    public void AddAll(string pointer, ValidationSession session)
    {
        foreach (Violation violation in session.Violations)
            Add(pointer + violation.Pointer, violation.Detail);
    }
}
