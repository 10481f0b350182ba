return await Commerce.CommerceCommand.RunAsync(args, Console.Out, Console.Error);
