using System.Globalization;
using Zoetrope.Simulator;
using Zoetrope.UploadBenchmark;

// Uploads to the simulator, which is a process of its own, beside what others need for the same bytes in the same run.
if (args is ["serve"])
{
    await using var simulator = await MediaSimulator.StartAsync();
    Console.WriteLine(simulator.BaseUrl);
    // Until the parent ends, which closes the pipe.
    await Console.In.ReadToEndAsync();
    return;
}
var mebibytes = args is ["--size", var size] ? long.Parse(size, CultureInfo.InvariantCulture) : 2048;
await using var server = await SimulatorProcess.StartAsync();
await LargeFile.MeasureAsync(server, mebibytes * 1024 * 1024);
await SmallFiles.MeasureAsync(server);
