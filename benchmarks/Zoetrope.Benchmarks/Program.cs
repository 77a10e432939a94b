// Usage: dotnet run -c Release --project benchmarks/Zoetrope.Benchmarks -- --filter '*' --job short

using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
