using Zoetrope.Cli;

return await CommandLine.RunAsync(args);
