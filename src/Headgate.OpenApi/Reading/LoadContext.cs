using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>What the parts of one load share: its options, its findings and what it may still spend.</summary>
internal sealed class LoadContext(LoadOptions options)
{
    private int _nodesLeft = options.Limits.MaxNodes;
    private bool _saidTooMany;

    public LoadOptions Options { get; } = options;

    public LoadLimits Limits => Options.Limits;

    public DiagnosticBag Diagnostics { get; } = new(options.Limits.MaxDiagnostics);

    /// <summary>How many values the JSONPaths of overlays may still visit.</summary>
    public int QueryStepsLeft { get; set; } = options.Limits.MaxQuerySteps;

    /// <summary>How many values may still be made.</summary>
    public int NodesLeft => Math.Max(_nodesLeft, 0);

    /// <summary>Counts values about to be made. False, with a finding at the place, when the load has made as many as it may.</summary>
    public bool SpendNodes(int count, SourceFile file, int line, int column)
    {
        _nodesLeft = Math.Max(_nodesLeft - count, -1);
        if (_nodesLeft >= 0)
            return true;
        if (!_saidTooMany)
            Report(OpenApiDiagnostics.TooManyNodes, file, line, column, $"The document has more than {Limits.MaxNodes} values.", "Split the API into several documents.");
        _saidTooMany = true;
        return false;
    }

    /// <summary>Adds a finding at a place that has no node.</summary>
    public void Report(DiagnosticDescriptor descriptor, SourceFile file, int line, int column, string message, string? fix) =>
        Diagnostics.Add(new Diagnostic(descriptor, new SourceLocation(file.Path, line, column), "", message, fix));

    /// <summary>Adds the finding that values are nested too deeply.</summary>
    public void ReportDepth(SourceFile file, int line, int column) =>
        Report(OpenApiDiagnostics.NestingTooDeep, file, line, column, $"Values are nested more than {Limits.MaxDepth} deep.", "Move inner schemas to components and refer to them.");

    /// <summary>Whether a string is of a length that may be kept; a finding otherwise.</summary>
    public bool AllowsLength(int length, SourceFile file, int line, int column)
    {
        if (length <= Limits.MaxStringLength)
            return true;
        Report(OpenApiDiagnostics.ScalarTooLong, file, line, column, $"A string of {length} characters is longer than {Limits.MaxStringLength}.", "Keep large texts and examples in files of their own (externalValue, externalDocs).");
        return false;
    }
}
