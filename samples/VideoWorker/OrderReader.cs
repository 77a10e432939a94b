using System.Text.Json;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace VideoWorker;

/// <summary>
/// Takes each file <c>orders/NAME.json</c>, the input of a model, into the ledger, and moves it to <c>orders/taken</c> or, with the reason in the log, to
/// <c>orders/refused</c>. Its name and its content are the order: a file that is read again after a crash is the same job. Write files elsewhere, and move them
/// here.
/// </summary>
internal sealed partial class OrderReader(JobLedger ledger, ILogger<OrderReader> logger) : BackgroundService
{
    private readonly DirectoryInfo _orders = Directory.CreateDirectory("orders");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        do
        {
            foreach (var file in _orders.EnumerateFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal))
                await TakeAsync(file, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task TakeAsync(FileInfo file, CancellationToken stop)
    {
        try
        {
            var input = RawJson.Parse(await File.ReadAllBytesAsync(file.FullName, stop));
            var identity = RawJson.Parse($$"""{"name":"{{JsonEncodedText.Encode(file.Name)}}","input":{{input}}}""");
            // The input is validated here, before anything is recorded or sent.
            var job = await ledger.IntendAsync(
                new JobIntent(KlingVideoO3ProImageToVideo.Endpoint, input) { Identity = identity, Label = Path.GetFileNameWithoutExtension(file.Name) }, stop);
            LogTaken(file.Name, job.Id);
            Move(file, "taken", $"{job.Id}.json");
        }
        catch (Exception invalid) when (invalid is RequestValidationException or FormatException or JsonException or ArgumentException)
        {
            LogRefused(file.Name, invalid.Message);
            Move(file, "refused", file.Name);
        }
        catch (Exception failed) when (failed is LedgerException or IOException)
        {
            // The order stays where it is, and is read again.
            LogFailed(file.Name, failed.Message);
        }
    }

    private void Move(FileInfo file, string folder, string name) =>
        file.MoveTo(Path.Combine(_orders.CreateSubdirectory(folder).FullName, name), overwrite: true);

    [LoggerMessage(1, LogLevel.Information, "The order {Name} is the job {Job} of the ledger.")]
    private partial void LogTaken(string name, string job);

    [LoggerMessage(2, LogLevel.Error, "The order {Name} was refused: {Reason}")]
    private partial void LogRefused(string name, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The order {Name} is not in the ledger yet: {Reason}")]
    private partial void LogFailed(string name, string reason);
}
