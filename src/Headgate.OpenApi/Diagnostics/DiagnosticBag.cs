using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Diagnostics;

/// <summary>
/// Collects everything that is wrong with a document, so that it is reported at once. Bounded: after
/// its capacity the rest is counted, not kept, but an error takes the place of a warning, so that what keeps a document from
/// running is always said. Not thread-safe: one load, one bag.
/// </summary>
/// <param name="capacity">How many findings are kept.</param>
public sealed class DiagnosticBag(int capacity = DiagnosticBag.Capacity)
{
    /// <summary>How many findings are kept by default. A hostile document must not fill memory with its mistakes.</summary>
    public const int Capacity = 1000;

    private readonly List<Diagnostic> _items = [];
    private int _replaceable;

    /// <summary>The findings: those of a finished load in document order, later ones in the order in which they were made.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>How many findings were made beyond the capacity.</summary>
    public int Dropped { get; private set; }

    /// <summary>Whether any finding keeps the document from running.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>How many findings were made.</summary>
    internal int Count => _items.Count + Dropped;

    /// <summary>Adds a finding at a node: location and pointer are the node's.</summary>
    public void Add(DiagnosticDescriptor descriptor, DocumentNode node, string message, string? fix = null)
    {
        if (Keeps(descriptor))
            Add(new Diagnostic(descriptor, node.Location, node.Pointer, message, fix));
        else
            Drop(descriptor);
    }

    /// <summary>Adds a finding at the key of a member, so that an unknown key is marked where it is written.</summary>
    public void Add(DiagnosticDescriptor descriptor, ObjectMember member, string message, string? fix = null)
    {
        if (Keeps(descriptor))
            Add(new Diagnostic(descriptor, member.KeyLocation, member.Value.Pointer, message, fix));
        else
            Drop(descriptor);
    }

    /// <summary>Adds a finding.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (!Keeps(diagnostic.Descriptor))
        {
            Drop(diagnostic.Descriptor);
            return;
        }

        if (_items.Count >= capacity)
            DropLastWarning();
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        _replaceable += diagnostic.Severity == DiagnosticSeverity.Warning ? 1 : 0;
        _items.Add(diagnostic);
    }

    /// <summary>Whether a finding of this kind would be kept: where not, what costs time to say about it need not be found out.</summary>
    internal bool Keeps(DiagnosticDescriptor descriptor) =>
        _items.Count < capacity || (descriptor.Severity == DiagnosticSeverity.Error && _replaceable > 0);

    /// <summary>
    /// Puts the findings in the order of the document, other files after it, and says how many are not shown where any were
    /// dropped. Called once, at the end of a load.
    /// </summary>
    internal void Close(string entryFile)
    {
        Diagnostic[] sorted = [.. _items
            .OrderBy(item => item.Location.File == entryFile ? "" : item.Location.File, StringComparer.Ordinal)
            .ThenBy(item => item.Location.Line)
            .ThenBy(item => item.Location.Column)];
        _items.Clear();
        _items.AddRange(sorted);
        if (Dropped > 0)
            _items.Add(new Diagnostic(OpenApiDiagnostics.TooManyFindings, new SourceLocation(entryFile, 0, 0), "", $"{Dropped} more findings are not shown.", "Mend the ones above and load again."));
    }

    private void Drop(DiagnosticDescriptor descriptor)
    {
        HasErrors |= descriptor.Severity == DiagnosticSeverity.Error;
        Dropped++;
    }

    private void DropLastWarning()
    {
        // That there are more findings stays said: it is no finding of its own, and is not counted among those that may go.
        _items.RemoveAt(_items.FindLastIndex(item => item.Severity == DiagnosticSeverity.Warning && item.Descriptor != OpenApiDiagnostics.TooManyFindings));
        _replaceable--;
        Dropped++;
    }
}
