return await Commerce.CommerceCommand.RunAsync(args, Console.In, Console.Out, Console.Error);
