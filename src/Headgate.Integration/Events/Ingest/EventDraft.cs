using Headgate.Gateway.Errors;

namespace Headgate.Integration.Events.Ingest;

/// <summary>An event while a request is read, whatever its form: its attributes by their CloudEvents names, and what is wrong with it.</summary>
/// <param name="pointerOf">Where an attribute stands in the request, for errors.</param>
internal sealed class EventDraft(Func<string, string> pointerOf)
{
    private readonly Dictionary<string, EventAttribute> _attributes = new(StringComparer.Ordinal);
    private readonly List<FailureDetail> _problems = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, EventAttribute> Attributes => _attributes;

    public byte[] Data { get; set; } = [];

    /// <summary>By what name errors tell of the data.</summary>
    public string DataName { get; init; } = "data";

    public IReadOnlyList<FailureDetail> Problems => _problems;

    /// <summary>Whether nothing is wrong with it but its size.</summary>
    public bool IsOnlyTooLarge { get; private set; }

    /// <summary>Whether it is for another tenant than the one that sends it.</summary>
    public bool IsOfAnotherTenant { get; set; }

    /// <summary>An attribute's text, or null.</summary>
    public string? this[string name] => _attributes.TryGetValue(name, out EventAttribute value) ? value.Text : null;

    public void Add(string name, string text, bool isJson = false)
    {
        if (!_attributes.TryAdd(name, new EventAttribute(text, isJson)))
            Report(name, "stands there more than once.");
    }

    /// <summary>Notes what is wrong with an attribute.</summary>
    public void Report(string attribute, string detail, bool isTooLarge = false)
    {
        IsOnlyTooLarge = isTooLarge && (_problems.Count == 0 || IsOnlyTooLarge);
        _reported.Add(attribute);
        _problems.Add(new FailureDetail(pointerOf(attribute), detail));
    }

    /// <summary>Whether something is wrong with an attribute; with an empty name, with the whole.</summary>
    public bool IsReported(string attribute) => _reported.Contains(attribute);
}
