using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Zoetrope.Fuzz;
using Zoetrope.TestKit;

// For the tests: what is generated from a folder's documents, by a process with another culture, time zone and order of files.
if (args is ["--describe", var described, var order])
{
    Console.WriteLine(Description.Surroundings());
    var all = FuzzDocuments.OfFolder(described);
    foreach (var line in Description.Of(
        order == "reversed" ? all.Reverse().Select(document => document with { Path = "C:\\other\\" + document.Path.Replace('/', '\\') }) : all))
        Console.WriteLine(line);
    return 0;
}

// dotnet run -c Release --project tests/Zoetrope.Fuzz -- [--minutes 60] [--seed 1] [--cases N] [--corpus FOLDER] [--out FOLDER]
var options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? throw new ArgumentException(pair[0] + " needs a value"));
if (options.Keys.Except(["--minutes", "--seed", "--cases", "--corpus", "--out"]).FirstOrDefault() is { } unknown)
    throw new ArgumentException("There is no option " + unknown);
var minutes = double.Parse(options.GetValueOrDefault("--minutes", "60"), CultureInfo.InvariantCulture);
var seed = int.Parse(options.GetValueOrDefault("--seed", "1"), CultureInfo.InvariantCulture);
var cases = int.Parse(options.GetValueOrDefault("--cases", int.MaxValue.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
var output = options.GetValueOrDefault("--out", Path.Combine(Path.GetTempPath(), "zoetrope-fuzz"));

// Far more than any document takes, even on a machine that does much else.
var patience = TimeSpan.FromMinutes(2);
var seeds = FuzzDocuments.Read(Repository.Root, options.GetValueOrDefault("--corpus") ?? Environment.GetEnvironmentVariable("ZOETROPE_CORPUS"));
var fuzzer = new Fuzzer(seeds);
// Halves of surrogate pairs are in no file; the seed makes them again.
var lossy = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
var known = new Dictionary<string, int>(StringComparer.Ordinal);
var clock = Stopwatch.StartNew();
var slowest = (Seed: 0, Time: TimeSpan.Zero);
var done = 0;
Directory.CreateDirectory(output);
Console.WriteLine($"{seeds.Count} documents, from seed {seed} on; what fails is written to {output}");
for (; done < cases && clock.Elapsed.TotalMinutes < minutes; done++)
{
    var started = clock.Elapsed;
    Guarded(fuzzer.Make(seed + done));
    if (clock.Elapsed - started > slowest.Time)
        slowest = (seed + done, clock.Elapsed - started);
    if (done % 20 == 19)
        Report(fuzzer.Compile());
    if (done % 500 == 499)
        Console.WriteLine(Progress());
}
Report(fuzzer.Compile());
Console.WriteLine(Progress());
return known.Count == 0 ? 0 : 1;

string Progress() => string.Create(
    CultureInfo.InvariantCulture,
    $"{clock.Elapsed:hh\\:mm\\:ss} {done} cases, {fuzzer.Files} files of C#, {fuzzer.Problems} problems reported, {known.Count} kinds of finding; slowest {slowest.Seed}: {slowest.Time.TotalSeconds:0.0} s");

// A thread with a small stack, as compilers' threads are. The case is on disk before it runs, for what ends the process.
void Guarded(FuzzCase one)
{
    var running = Save(one, "running", "The process ended while this case ran.");
    IReadOnlyList<Finding> findings = [];
    var thread = new Thread(() => findings = Run(one), 1024 * 1024) { IsBackground = true };
    thread.Start();
    var ended = thread.Join(patience);
    if (!ended)
        findings = [new(one, "It hangs")];
    Report(findings);
    Directory.Delete(running, recursive: true);
    if (!ended)
        Environment.Exit(1);
}

IReadOnlyList<Finding> Run(FuzzCase one)
{
    try
    {
        return [.. fuzzer.Run(one)];
    }
    catch (Exception exception)
    {
        return [new(one, "The run throws " + exception)];
    }
}

void Report(IReadOnlyList<Finding> findings)
{
    foreach (var finding in findings)
    {
        // Of one kind the first few are enough.
        var kind = Regex.Replace(finding.What.Split('\n')[0], @"[\d""'].*|\(.*?\)", "");
        known[kind] = known.GetValueOrDefault(kind) + 1;
        if (known[kind] <= 3)
            Console.WriteLine($"seed {finding.Case.Seed}: {finding.What}\n  {Save(finding.Case, "seed-" + finding.Case.Seed, finding.What)}");
    }
}

string Save(FuzzCase one, string name, string what)
{
    var folder = Path.Combine(output, name);
    Directory.CreateDirectory(folder);
    File.WriteAllText(Path.Combine(folder, "finding.txt"), $"seed {one.Seed}: {what}\n", lossy);
    foreach (var document in one.Documents)
        File.WriteAllText(Path.Combine(folder, document.Path.Replace('/', '_')), document.Text, lossy);
    return folder;
}
