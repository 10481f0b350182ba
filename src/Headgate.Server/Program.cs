using Headgate.Server.Commands;

return await CommandLine.RunAsync(args, CommandConsole.OfProcess(), CancellationToken.None);
