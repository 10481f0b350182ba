namespace Headgate.Docs.Tests.Support;

/// <summary>
/// Does what a page tells its reader to do. A block <c>sh</c> is typed into the shell (<c>sh terminal=NAME</c>: into a terminal of that name, where it keeps running;
/// <c>sh example</c>: not at all), and an output block right after it (<c>text</c>, <c>json</c>, <c>http</c>) is what it must print. A block with <c>file=NAME</c> is
/// saved under that name first.
/// </summary>
internal sealed class Walkthrough(MarkdownPage page, ShellSession shell, Func<string, string> toRun, Func<string, string> toPage)
{
    // The launcher itself gives up after a minute: a slow machine must not fail here first.
    private const int MostLooks = 1500;

    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly string[] s_outputs = ["text", "json", "http"];

    /// <summary>Runs the page from top to bottom.</summary>
    /// <returns>How many outputs were compared.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        int compared = 0;
        for (int i = 0; i < page.Blocks.Count; i++)
        {
            CodeBlock block = page.Blocks[i];
            if (block["file"] is { } file)
                await shell.RunAsync($"cat > '{file}' <<'END-OF-FILE'\n{toRun(block.Text)}END-OF-FILE\n", cancellationToken);
            if (block.Language != "sh" || block.Attributes.Contains("example"))
                continue;
            CodeBlock? output = i + 1 < page.Blocks.Count && s_outputs.Contains(page.Blocks[i + 1].Language) && FollowsAtOnce(block, page.Blocks[i + 1]) ? page.Blocks[i + 1] : null;
            await RunAsync(block, output, cancellationToken);
            compared += output is null ? 0 : 1;
        }

        return compared;
    }

    private async Task RunAsync(CodeBlock block, CodeBlock? output, CancellationToken cancellationToken)
    {
        if (block["terminal"] is { } terminal)
        {
            Assert.True(output is not null, $"{page.Path}:{block.Line}: what runs in a terminal must show by its output when it is ready.");
            await shell.OpenTerminalAsync(terminal, toRun(block.Text), cancellationToken);
            await WaitForScreenAsync(terminal, output, cancellationToken);
            return;
        }

        string printed = toPage(await shell.RunAsync(toRun(block.Text), cancellationToken));
        if (output is not null)
            Compare(output, printed);
    }

    private async Task WaitForScreenAsync(string terminal, CodeBlock output, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(s_lookEvery);
        for (int looks = 0; looks < MostLooks && !ExpectedOutput.Matches(output.Lines, toPage(shell.ScreenOf(terminal))); looks++)
            await timer.WaitForNextTickAsync(cancellationToken);
        Compare(output, toPage(shell.ScreenOf(terminal)));
    }

    private void Compare(CodeBlock output, string printed) =>
        Assert.True(
            ExpectedOutput.Matches(output.Lines, printed),
            $"{page.Path}:{output.Line}: the page shows\n{string.Join('\n', output.Lines)}\nbut this was printed:\n{printed}");

    private bool FollowsAtOnce(CodeBlock block, CodeBlock next) =>
        page.Prose.Where(line => line.Number > block.EndLine && line.Number < next.Line).All(line => line.Text.Length == 0);
}
