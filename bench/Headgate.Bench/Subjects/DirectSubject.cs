namespace Headgate.Bench.Subjects;

/// <summary>No proxy: the upstream itself, the floor under every other figure. It runs on the load generator's core.</summary>
internal sealed class DirectSubject() : Subject("direct")
{
    public override Task<RunningSubject> StartAsync(SubjectStart start, CancellationToken cancellation) =>
        Task.FromResult(start.Upstream.As(Name));
}
