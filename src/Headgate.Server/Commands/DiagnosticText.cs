using Headgate.Server.Reporting;
using Headgate.OpenApi.Diagnostics;

namespace Headgate.Server.Commands;

/// <summary>Prints findings for people: by file, each with its line and a mark under the place.</summary>
internal sealed class DiagnosticText(CommandConsole console)
{
    private readonly SourceExcerpt _source = new();

    // A file of several documents (an overlay, a common schema) says the same in each of them: it is told once.
    public void Write(IEnumerable<DiagnosticReport> findings)
    {
        foreach (IGrouping<string, DiagnosticReport> file in findings.Distinct().GroupBy(finding => finding.File))
        {
            console.Output.WriteLine(console.Bold(file.Key));
            foreach (DiagnosticReport finding in file.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column))
                Write(finding);
        }
    }

    private void Write(DiagnosticReport finding)
    {
        TextWriter output = console.Output;
        string severity = finding.Severity == "error" ? console.Red("error") : console.Yellow("warning");
        string place = finding.Line == 0 ? "" : $"{finding.File}:{finding.Line}:{finding.Column} ";
        output.WriteLine($"  {severity} {finding.Code} {console.Dim(place + finding.Pointer)}");
        output.WriteLine($"    {finding.Message}");
        if (_source.Of(new SourceLocation(finding.File, finding.Line, finding.Column)) is { } excerpt)
        {
            string number = finding.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
            output.WriteLine($"    {console.Dim(number + " |")} {excerpt.Line}");
            output.WriteLine($"    {new string(' ', number.Length)} {console.Dim("|")} {new string(' ', excerpt.Caret)}{console.Red("^")}");
        }

        if (finding.Fix is not null)
            output.WriteLine($"    {console.Green("fix:")} {finding.Fix}");
        output.WriteLine();
    }
}
