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

    // Beside the rows of the two tables: the sum, heads, what is left out, empty lines, and the line of the cursor.
    private const int OtherLines = 8;

    private MetricsReading? _earlier;

    /// <summary>Shows until cancelled, or once.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                (string? text, string reason) = await AdminClient.ReadMetricsAsync(target, cancellationToken);
                if (text is null && options.Once)
                    return target.Console.Refuse(reason);
                bool wasShown = text is null ? ShowAbsence(reason) : Show(new MetricsReading(text, time.GetTimestamp()));
                if (options.Once && wasShown)
                    return ExitCodes.Success;

                // From look to look, not by the clock: one that took long must not be followed by one that sees nothing.
                await Task.Delay(options.Interval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever watches has seen enough.
            return ExitCodes.Success;
        }
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
            Paint((screen, lines) => TopText.Write(report, Math.Clamp((lines - OtherLines) / 2, 1, options.Rows), screen));
        return true;
    }

    private bool ShowAbsence(string reason)
    {
        // Another process counts from zero, and may be at another address.
        _earlier = null;
        if (options.Json || target.Console.Terminal is null)
            target.Console.Error.WriteLine($"headgate: {reason} It is looked for again.");
        else
            Paint((screen, _) => screen.WriteLine($"{reason} It is looked for again."));
        return false;
    }

    private void Paint(Action<TextWriter, int> write)
    {
        (int columns, int lines) = target.Console.Terminal?.Invoke() ?? (int.MaxValue, int.MaxValue);
        using var screen = new StringWriter();
        write(screen, lines);
        string text = screen.ToString();
        if (target.Console.Terminal is not null)
            text = Home + string.Concat(text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => line[..Math.Min(line.Length, columns)] + EraseLine + "\n")) + EraseBelow;
        else if (!options.Once)
            text += "\n";
        target.Console.Output.Write(text);
        target.Console.Output.Flush();
    }
}
