using System.CommandLine;
using Headgate.Server.Commands;

CommandConsole console = CommandConsole.OfProcess();
ParseResult parsed = RootCommandFactory.Create(console).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

// The commands handle signals themselves: a drain takes longer than the library would wait.
int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
return parsed.Errors.Count > 0 ? ExitCodes.Usage : exitCode;
