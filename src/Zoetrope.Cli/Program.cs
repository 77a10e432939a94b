using Zoetrope.Cli;
using Zoetrope.Cli.Output;

StandardStreams.Install();
return await CommandLine.RunAsync(args);
