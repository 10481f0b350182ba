using System.Diagnostics;
using System.Text.RegularExpressions;
using Headgate.Docs.Tests.Support;

namespace Headgate.Docs.Tests;

/// <summary>Words and flags that README and guides name exist: in the launcher's help or in the program's own.</summary>
public partial class CommandTests
{
    private static readonly string[] s_launcherWords = ["up", "commerce", "test", "bench", "publish", "help"];
    private static readonly Dictionary<string, string> s_help = [];
    private static readonly Lock s_lock = new();

    public static TheoryData<string, int, string> Commands()
    {
        var commands = new TheoryData<string, int, string>();
        foreach (string path in Repository.Walkthroughs)
        {
            MarkdownPage page = MarkdownPage.Read(path);
            IEnumerable<(int Line, string Text)> lines = page.Blocks.Where(block => block.Language == "sh")
                .SelectMany(block => block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Select(text => (block.Line, text)))
                .Concat(page.Code.Select(code => (code.Line, code.Code)));
            foreach ((int line, string text) in lines.Where(line => Command().IsMatch(line.Text)))
                commands.Add(path, line, text.Trim());
        }

        return commands;
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_OfPage_Exists(string path, int line, string text)
    {
        Match command = Command().Match(text);
        string word = command.Groups["word"].Value;
        string help = HelpOf(word);
        Assert.True(help.Contains("sage:", StringComparison.Ordinal), $"{path}:{line}: headgate has no word '{word}': {help}");
        Assert.All(Flag().Matches(command.Groups["rest"].Value), flag =>
            Assert.True(Regex.IsMatch(help, $@"(?<![\w-]){Regex.Escape(flag.Value)}(?![\w-])"), $"{path}:{line}: headgate {word} has no {flag.Value}."));
    }

    public static TheoryData<string> LooseFlags() =>
        [.. Repository.Walkthroughs.SelectMany(path => MarkdownPage.Read(path).Code).Select(code => Flag().Match(" " + code.Code)).Where(flag => flag is { Success: true, Index: 1 }).Select(flag => flag.Value).Distinct()];

    [Theory]
    [MemberData(nameof(LooseFlags))]
    public void FlagOfPage_NamedAlone_IsOneOfTheProgram(string flag) =>
        Assert.Contains(["run", "validate", "explain", "status"], word => Regex.IsMatch(HelpOf(word), $@"(?<![\w-]){flag}(?![\w-])"));

    [Theory]
    [InlineData("./headgate up")]
    [InlineData("./headgate test")]
    public void Readme_Names_TheTwoCommands(string command) =>
        Assert.Contains(MarkdownPage.Read("README.md").Blocks, block => block.Language == "sh" && block.Lines.Any(line => line.StartsWith(command, StringComparison.Ordinal)));

    private static string HelpOf(string word)
    {
        lock (s_lock)
        {
            if (!s_help.TryGetValue(word, out string? help))
                s_help[word] = help = s_launcherWords.Contains(word) ? LauncherHelpOf(word) : Run(Path.Combine(Repository.OutputOf("src/Headgate.Server"), "headgate"), word, "--help");
            return help;
        }
    }

    // The launcher prints a word's help by a function of the word's script; `bench` and `help` would build first.
    private static string LauncherHelpOf(string word) =>
        word is "up" or "test" or "publish"
            ? Run("bash", "-c", $"root='{Repository.Root}'; stamps=/; source \"$root/scripts/{word}.sh\"; {word}_help")
            : word == "commerce" ? Run(Path.Combine(Repository.OutputOf("examples/commerce"), "commerce"), "--help")
            : File.ReadAllText(Repository.PathOf("headgate"));

    private static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["DOTNET_ROOT"] = Machine.DotnetRoot;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        return process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
    }

    [GeneratedRegex(@"^\s*(\./)?headgate (?<word>[a-z]+(-[a-z]+)*)\b(?<rest>[^|;&>]*)")]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<=\s)--?[A-Za-z][a-z-]*")]
    private static partial Regex Flag();
}
