using System.CommandLine;
using System.Globalization;
using Headgate.OpenApi.Values;
using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary><c>headgate cache show</c>: what is stored, and what came of it.</summary>
internal static class CacheShowCommand
{
    private static readonly string[] s_columns = ["PATH", "OPERATION", "STATUS", "BYTES", "FOR", "VARY", "FRESH UNTIL", "TAGS"];

    public static Command Create(CommandConsole console)
    {
        var prefix = new Option<string?>("--prefix") { Description = "Answers whose path begins so alone.", HelpName = "PATH" };
        var command = new Command("show", "Show what is stored in the running instance, and what came of it.") { prefix };
        InstanceOptions instance = InstanceOptions.AddTo(command);
        CommandExamples.Set(command, """
              headgate cache show
              headgate cache show --prefix /products --format json

            Exit codes: 0 shown, 2 no instance is reached.
            """);
        command.SetAction((result, cancellationToken) => ShowAsync(instance.Target(result, console), instance.WantsJson(result), result.GetValue(prefix), cancellationToken));
        return command;
    }

    private static async Task<int> ShowAsync(AdminTarget target, bool json, string? prefix, CancellationToken cancellationToken)
    {
        string path = $"/admin/v1/cache/answers?prefix={Uri.EscapeDataString(prefix ?? "")}";
        AdminReply<IReadOnlyList<CachedAnswerReport>> listed = await AdminClient.ListAsync(target, path, ReportJson.Readable.PageReportCachedAnswerReport, cancellationToken);
        if (listed.Value is not { } answers)
            return listed.ExitCode;
        if (json)
        {
            target.Console.WriteJson(answers, ReportJson.Readable.IReadOnlyListCachedAnswerReport);
            return ExitCodes.Success;
        }

        AdminReply<CacheReport> reply = await AdminClient.AskAsync(target, HttpMethod.Get, "/admin/v1/cache", null, ReportJson.Readable.CacheReport, cancellationToken);
        if (reply.Value is { } report)
            Write(report, answers, target.Console);
        return reply.ExitCode;
    }

    private static void Write(CacheReport report, IReadOnlyList<CachedAnswerReport> answers, CommandConsole console)
    {
        console.Output.WriteLine($"{report.Answers} answers in {new ByteSize(report.UsedBytes)} of {new ByteSize(report.MemoryBytes)}; {report.Evicted} went because memory was short");
        foreach (CacheTallyReport tally in report.Apis)
            console.Output.WriteLine($"{tally.Api}: {string.Join(", ", tally.Results.Where(result => result.Value > 0).Select(result => $"{result.Value} {result.Key.Replace('_', ' ')}"))}");
        if (answers.Count > 0)
            TextTable.Write(console.Output, [s_columns, .. answers.Select(Row)]);
    }

    private static string[] Row(CachedAnswerReport answer) =>
    [
        answer.Path,
        answer.Operation,
        answer.Status.ToString(CultureInfo.InvariantCulture),
        answer.Bytes.ToString(CultureInfo.InvariantCulture),
        answer.IsForOneCaller ? "one caller" : "all",
        answer.Vary.Length == 0 ? "-" : answer.Vary,
        answer.FreshUntil.UtcDateTime.ToString("u", CultureInfo.InvariantCulture),
        answer.Tags.Count == 0 ? "-" : string.Join(' ', answer.Tags),
    ];
}
