#!/usr/bin/env bash
# Microsoft.CodeAnalysis: a step of an incremental generator keeps a table with a row for every input, and makes a new
# one of all rows when one input changed, so that an edit costs steps times inputs whatever the functions do; and rows
# are known by their number, so that all outputs after one that was removed are made again, although equal ones are in
# the table.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat > probe.csproj <<'EOF'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="5.12.0" />
  </ItemGroup>
</Project>
EOF

cat > Program.cs <<'EOF'
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

const int Files = 500;
var compilation = CSharpCompilation.Create("Probe");
var texts = Enumerable.Range(0, Files).Select(number => new Text($"{number:000}.txt", "a")).ToImmutableArray<AdditionalText>();

// One file is edited, and one row of each step is another one.
var (few, fewCalls) = Edit(steps: 1);
var (many, manyCalls) = Edit(steps: 41);
Console.WriteLine($"one of {Files} files edited: {fewCalls} and {manyCalls} functions called in 1 and 41 steps");
Console.WriteLine($"each of the 40 further steps allocates more than 32 bytes for each file: {(many - few) / 40 > 32 * Files}");

// One file is removed; the texts of all others are the same.
var made = 0;
var driver = Driver(new Generator(context => context.RegisterSourceOutput(
    context.AdditionalTextsProvider.Collect().SelectMany((all, _) => all.Select(text => text.Path)), (_, _) => made++)));
driver = driver.RunGenerators(compilation);
made = 0;
driver.RemoveAdditionalTexts([texts[0]]).RunGenerators(compilation);
Console.WriteLine($"first of {Files} files removed: outputs of {made} others made again");

(long Bytes, int Calls) Edit(int steps)
{
    var calls = 0;
    var driver = Driver(new Generator(context =>
    {
        var values = context.AdditionalTextsProvider.Select((text, _) => { calls++; return text; });
        for (var i = 1; i < steps; i++)
            values = values.Select((text, _) => { calls++; return text; });
        context.RegisterSourceOutput(values, (_, _) => { });
    }));
    driver = driver.RunGenerators(compilation);
    var old = (Text)texts[0];
    // The second edit is counted, with everything compiled.
    for (var round = 0; ; round++)
    {
        var text = new Text(old.Path, "b" + round);
        driver = driver.ReplaceAdditionalText(old, text);
        old = text;
        calls = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        driver = driver.RunGenerators(compilation);
        if (round == 1)
            return (GC.GetAllocatedBytesForCurrentThread() - before, calls);
    }
}

GeneratorDriver Driver(IIncrementalGenerator generator) => CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], texts);

sealed class Generator(Action<IncrementalGeneratorInitializationContext> initialize) : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) => initialize(context);
}

sealed class Text(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
EOF

cat > expected <<'EOF'
one of 500 files edited: 1 and 41 functions called in 1 and 41 steps
each of the 40 further steps allocates more than 32 bytes for each file: True
first of 500 files removed: outputs of 499 others made again
EOF

echo "Microsoft.CodeAnalysis.CSharp 5.12.0, .NET SDK $(dotnet --version)"
dotnet run --project probe.csproj | tee actual
diff expected actual || { echo "The behavior has changed." >&2; exit 1; }
echo "As recorded."
