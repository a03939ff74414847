return await Nabla.Cli.CommandLine.RunAsync(args);
