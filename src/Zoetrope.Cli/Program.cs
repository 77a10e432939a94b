using Zoetrope.Cli;
using Zoetrope.Cli.Output;

QuietWriter.Install();
return await CommandLine.RunAsync(args);
