using Headgate.Server.Reporting;

namespace Headgate.Server.Commands.Top;

/// <summary>Looks at an instance again and again, and shows what happened in between. One that ends or restarts is looked for until it is there again.</summary>
/// <param name="target">The instance.</param>
/// <param name="options">How it is shown.</param>
/// <param name="time">The clock.</param>
internal sealed class TopLoop(AdminTarget target, TopOptions options, TimeProvider time)
{
    // Home, and nothing below: what is written over what was there does not flicker.
    private const string Home = "\e[H";
    private const string EraseLine = "\e[K";
    private const string EraseBelow = "\e[J";

    private MetricsReading? _earlier;

    /// <summary>Shows until cancelled, or once.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.Interval, time);
            bool wasShown = false;
            do
            {
                (string? text, string reason) = await AdminClient.ReadMetricsAsync(target, cancellationToken);
                if (text is null && options.Once)
                    return target.Console.Refuse(reason);
                wasShown = text is null ? ShowAbsence(reason) : Show(new MetricsReading(text, time.GetTimestamp()));
            }
            while (!(options.Once && wasShown) && await timer.WaitForNextTickAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever watches has seen enough.
        }

        return ExitCodes.Success;
    }

    private bool Show(MetricsReading now)
    {
        MetricsReading? earlier = _earlier;
        _earlier = now;
        if (earlier is null)
            return false;
        double seconds = time.GetElapsedTime(earlier.Timestamp, now.Timestamp).TotalSeconds;
        TopReport report = TopView.Of(earlier, now, seconds, time.GetUtcNow(), options.Sort);
        if (options.Json)
            target.Console.WriteJson(report, options.Once ? ReportJson.Readable.TopReport : ReportJson.OneLine.TopReport);
        else
            Paint(output => TopText.Write(report, options.Rows, output));
        return true;
    }

    private bool ShowAbsence(string reason)
    {
        // Another process counts from zero, and may be at another address.
        _earlier = null;
        if (options.Json || !target.Console.IsTerminal)
            target.Console.Error.WriteLine($"headgate: {reason} It is looked for again.");
        else
            Paint(output => output.WriteLine($"{reason} It is looked for again."));
        return false;
    }

    private void Paint(Action<TextWriter> write)
    {
        using var screen = new StringWriter();
        write(screen);
        string text = screen.ToString();
        target.Console.Output.Write(target.Console.IsTerminal ? Home + text.ReplaceLineEndings(EraseLine + "\n") + EraseBelow : text + (options.Once ? "" : "\n"));
        target.Console.Output.Flush();
    }
}
