using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Fal.Models;
using Zoetrope.Jobs;
using Zoetrope.Json;

namespace VideoWorker;

/// <summary>
/// Takes each file <c>orders/NAME.json</c>, the input of a model, into the ledger, and moves it to <c>orders/taken</c> or, with the reason in the log, to
/// <c>orders/refused</c>. The name is the order: a file that is read again after a crash is the same job. Write files elsewhere, and move them here.
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
        string folder;
        try
        {
            var input = RawJson.Parse(await File.ReadAllBytesAsync(file.FullName, stop));
            var name = RawJson.Parse($"\"{JsonEncodedText.Encode(file.Name)}\"");
            // The input is validated here, before anything is recorded or sent.
            await ledger.IntendAsync(
                new JobIntent(KlingVideoO3ProImageToVideo.Endpoint, input) { Identity = name, Label = Path.GetFileNameWithoutExtension(file.Name) }, stop);
            LogTaken(file.Name);
            folder = "taken";
        }
        catch (Exception invalid) when (invalid is ZoetropeException or FormatException or JsonException)
        {
            LogRefused(file.Name, invalid.Message);
            folder = "refused";
        }
        file.MoveTo(Path.Combine(_orders.CreateSubdirectory(folder).FullName, file.Name), overwrite: true);
    }

    [LoggerMessage(1, LogLevel.Information, "The order {Name} is in the ledger.")]
    private partial void LogTaken(string name);

    [LoggerMessage(2, LogLevel.Error, "The order {Name} was refused: {Reason}")]
    private partial void LogRefused(string name, string reason);
}
