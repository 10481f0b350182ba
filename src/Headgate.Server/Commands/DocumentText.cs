using Headgate.Server.Reporting;

namespace Headgate.Server.Commands;

/// <summary>Prints the documents of a running instance and what was found in them.</summary>
internal static class DocumentText
{
    public static void Write(IReadOnlyList<DocumentReport> documents, CommandConsole console)
    {
        foreach (DocumentReport document in documents)
        {
            string state = document.State == "serving" ? console.Green(document.State) : console.Red(document.State);
            string what = document.Title is null ? "" : $": {document.Title} {document.Version}, {document.Operations} operations";
            console.Output.WriteLine($"  {document.Path} is {state}{what}");
        }

        DiagnosticReport[] findings = [.. documents.SelectMany(document => document.Findings)];
        if (findings.Length == 0)
            return;
        console.Output.WriteLine();
        new DiagnosticText(console).Write(findings);
    }
}
