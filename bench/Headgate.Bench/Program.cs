using Headgate.Bench;

return await BenchCommand.InvokeAsync(args, TimeProvider.System);
