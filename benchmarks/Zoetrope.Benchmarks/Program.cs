// Usage: dotnet run -c Release --project benchmarks/Zoetrope.Benchmarks -- --filter '*' --job short
//        dotnet run -c Release --project benchmarks/Zoetrope.Benchmarks -- minima
// The second prints the least of many short rounds, which say more on a busy machine.

using BenchmarkDotNet.Running;
using Zoetrope.Benchmarks;

if (args is ["minima"])
    await Minima.PrintAsync(Console.Out);
else
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
