namespace Headgate.Bench.Subjects;

/// <summary>Something that is measured: a proxy in front of the upstream, or the upstream alone.</summary>
internal abstract class Subject(string name)
{
    /// <summary>How tables and <c>--subjects</c> call it.</summary>
    public string Name { get; } = name;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="MeasurementFailedException">It did not start.</exception>
    public abstract Task<RunningSubject> StartAsync(SubjectStart start, CancellationToken cancellation);

    /// <summary>Whether a choice of <c>--subjects</c> includes it; <c>headgate</c> includes its variants such as <c>headgate-pool</c>.</summary>
    public bool IsChosen(IReadOnlyList<string> names) =>
        names.Count == 0 || names.Any(name => Name == name || Name.StartsWith(name + "-", StringComparison.Ordinal));
}
