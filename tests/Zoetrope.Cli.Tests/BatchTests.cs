using Zoetrope.Simulator;

namespace Zoetrope.Cli.Tests;

/// <summary>A batch, from its file to the files of its results.</summary>
public sealed class BatchTests : BatchTest
{
    [Fact]
    public async Task Each_line_is_run_once_and_its_files_are_saved()
    {
        var file = Shots("wave", "smile", "run");

        var first = (await CliProcess.RunAsync(Batch(file, "--json"))).Exits(0);

        var lines = Lines(first);
        Assert.Equal(["job", "job", "job", "summary"], lines.Select(line => line.GetProperty("type").GetString()));
        foreach (var job in lines[..^1])
        {
            var saved = Assert.Single(job.GetProperty("files").EnumerateArray()).GetString()!;
            Assert.Equal(Out, Path.GetDirectoryName(saved));
            Assert.StartsWith(job.GetProperty("label").GetString()! + "-", Path.GetFileName(saved), StringComparison.Ordinal);
            Assert.True(new FileInfo(saved).Length > 0);
            Assert.True(File.Exists(Path.ChangeExtension(saved, ".job.json")));
        }
        Assert.Equal(("shots.jsonl", 3), (lines[^1].GetProperty("batch").GetString(), lines[^1].GetProperty("delivered").GetInt32()));
        Assert.Equal(Ledger, lines[^1].GetProperty("ledger").GetString());
        first.Says("0 of 3 done, 3 queued; spent $0.00").Says("3 of 3 jobs of 'shots.jsonl' are done; $1.50 spent.");

        var second = (await CliProcess.RunAsync(Batch(file))).Exits(0);

        second.Says("3 of 3 inputs are jobs of 'shots.jsonl' already").Says("3 of 3 jobs of 'shots.jsonl' are done; ");
        Assert.Equal("", second.Output);
        Assert.Equal(3, Simulator.Submits);
    }

    [Fact]
    public async Task Lines_that_are_added_are_run_and_equal_ones_are_one_job_unless_asked_otherwise()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(0);

        var equal = Line("smile").Replace("\"$id\":\"smile\"", "\"$id\":\"other\"", StringComparison.Ordinal);
        var file = Write("shots.jsonl", Line("wave") + Line("smile") + equal);
        (await CliProcess.RunAsync(Batch(file))).Exits(0).Says("2 of 3 inputs are jobs of 'shots.jsonl' already");
        Assert.Equal(2, Simulator.Submits);

        (await CliProcess.RunAsync(Batch(file, "--again"))).Exits(0).Says("3 inputs that 'shots.jsonl' has already are run once more, as --again asks.");
        Assert.Equal(5, Simulator.Submits);
        (await CliProcess.RunAsync(Batch(file, "--batch", "another take"))).Exits(0).Says("2 of 2 jobs of 'another take' are done; ");
        Assert.Equal(7, Simulator.Submits);
    }

    [Fact]
    public async Task Every_problem_is_reported_with_its_line_and_nothing_is_recorded_or_sent()
    {
        var file = Write("shots.jsonl", $$"""
            {"image_url":"{{Kling.ImageUrl}}","prompt":"good"}

            {"prompt":"no image"}
            {"image_url":"{{Kling.ImageUrl}}","prompt":"x","duration":"99","promt":"y"}
            {"image_url": }
            ["a"]
            {"image_url":"{{Kling.ImageUrl}}","prompt":"x","$id":"","$label":"x"}
            {"image_url":"{{Kling.ImageUrl}}","prompt":"x","$model":"eachlabs:kling"}
            """);

        var result = (await CliProcess.RunAsync(Batch(file))).Exits(2);

        result
            .Says("line 3: image_url: is required")
            .Says("line 4: promt: ")
            .Says("line 4: duration: must be one of ")
            .Says("line 5: is not JSON: column 15: '}' is not expected here")
            .Says("line 6: must be a JSON object")
            .Says("line 7: $id: must be a text that is not empty")
            .Says("line 7: '$label' is not known; $id and $model are")
            .Says("line 8: --provider: fal is not the provider of 'eachlabs:kling'")
            .Says("Nothing was recorded or sent.");
        Assert.DoesNotContain(result.ErrorLines, line => line.StartsWith("line 1:", StringComparison.Ordinal));
        Assert.False(Directory.Exists(Out));
        Assert.Empty(Simulator.Requests);
    }

    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    public async Task Cells_of_a_table_become_what_the_model_declares(char separator)
    {
        string[][] table =
        [
            ["$id", "image_url", "prompt", "duration", "generate_audio"],
            ["first", Kling.ImageUrl, "\"She says \"\"hi\"\",\r\n; twice\"", "5", "true"],
            ["", Kling.ImageUrl, "plain", "", ""],
        ];
        var file = Write("shots.csv", "\uFEFF" + string.Join("\r\n", table.Select(row => string.Join(separator, row))));

        (await CliProcess.RunAsync(Batch(file))).Exits(0);

        var inputs = new Dictionary<string, string>();
        foreach (var (label, job) in await JobsByLabelAsync())
        {
            var shown = (await JobsAsync("show", job.GetProperty("id").GetString()!, "--json")).Exits(0).Json();
            inputs[label] = shown.GetProperty("input").GetRawText();
        }
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["first"] = $$"""{"prompt":"She says \"hi\",\r\n; twice","image_url":"{{Kling.ImageUrl}}","duration":"5","generate_audio":true}""",
                ["line-4"] = $$"""{"prompt":"plain","image_url":"{{Kling.ImageUrl}}"}""",
            },
            inputs);
    }

    [Theory]
    [InlineData("x.csv", "image_url,prompt\na,b,c\n", "line 2: has 3 cells, and the header 2")]
    [InlineData("x.csv", "image_url,prompt\n,\n;a\n", "line 3: has 1 cells, and the header 2")]
    [InlineData("x.csv", "\n \r\nimage_url;prompt\n\nonly\n", "line 5: has 1 cells, and the header 2")]
    [InlineData("x.csv", "prompt,image_url\n \t,\"\"\n", "FILE: 'x.csv' has no inputs")]
    [InlineData("x.csv", "image_url,,prompt\na,b,c\n", "line 1: column 2 of the header has no name")]
    [InlineData("x.csv", "prompt,prompt\na,b\n", "line 1: the header has 'prompt' twice")]
    [InlineData("x.csv", "$name,prompt\na,b\n", "line 1: '$name' is not known; $id and $model are")]
    [InlineData("x.csv", "prompt\n\"a\nb\n", "line 2: a quotation mark of ")]
    [InlineData("x.csv", "prompt\n\"a\"b\n", "line 2: after a closing quotation mark ")]
    [InlineData("x.csv", "prompt,image_url\n", "FILE: 'x.csv' has no inputs")]
    [InlineData("x.jsonl", "\n  \n", "FILE: 'x.jsonl' has no inputs")]
    [InlineData("x.json", "[{}]", "FILE: 'x.json' is a JSON array; each input must be an object on a line of its own")]
    public async Task A_file_that_is_not_what_it_should_be_is_refused(string name, string text, string problem)
    {
        using var folder = new TemporaryFolder();
        folder.Write(name, text);

        var result = await CliProcess.RunAsync(Batch(name), folder: folder.Path);

        result.Exits(2).Says(problem);
        Assert.Empty(Simulator.Requests);
    }

    [Fact]
    public async Task What_is_wrong_with_each_line_is_reported_for_the_first_and_counted()
    {
        var rows = string.Concat(Enumerable.Range(0, 60).Select(_ => $"{Kling.ImageUrl},x,y,99\n"));

        var result = (await CliProcess.RunAsync(Batch(Write("shots.csv", "image_url,prompt,promt,duration\n" + rows)))).Exits(2);

        // The name is wrong in the header; each row has a wrong duration.
        Assert.Equal("line 1: promt: ", Assert.Single(result.ErrorLines, line => line.Contains("promt", StringComparison.Ordinal))[..15]);
        Assert.Equal(50, result.ErrorLines.Count(line => line.StartsWith("line ", StringComparison.Ordinal)));
        result.Says("These are the first 50 of 61 problems.").Says("Nothing was recorded or sent.");
        Assert.Empty(Simulator.Requests);
    }

    [Theory]
    [InlineData("FILE: cannot read 'no-such-file'", "no-such-file", "--out", "x", "--model", Kling.Neutral)]
    [InlineData("Option '--out' is required.", "-", "--model", Kling.Neutral)]
    [InlineData("line 1: has no model: give --model, or $model in the line", "-", "--out", "x")]
    [InlineData("--parallel: must be from 1 to 10000", "-", "--out", "x", "--parallel", "0")]
    [InlineData("--max-cost: must be in US dollars", "-", "--out", "x", "--max-cost", "5EUR")]
    [InlineData("--max-cost: must be at most 1000000", "-", "--out", "x", "--max-cost", "1000001")]
    [InlineData("--max-job-cost: must be an amount ", "-", "--out", "x", "--max-job-cost", "cheap")]
    [InlineData("--batch: must not be empty", "-", "--out", "x", "--batch", "")]
    [InlineData("--provider: must be one of fal, ", "-", "--out", "x", "--provider", "fla")]
    [InlineData("No key is in the environment to send to example.com", "-", "--out", "x", "--model", Kling.Neutral, "--base-url", "https://example.com")]
    public async Task Wrong_usage_ends_with_2(string problem, params string[] arguments)
    {
        using var folder = new TemporaryFolder();

        var result = await CliProcess.RunAsync(["batch", .. arguments], input: Line("x"), folder: folder.Path);

        result.Exits(2).Says(problem);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_line_can_have_a_model_of_its_own_and_stdin_is_a_file()
    {
        var own = $$"""{"$model":"eachlabs:{{Kling.Neutral}}","$id":7,"image_url":"{{Kling.ImageUrl}}","prompt":"there"}""";

        string[] arguments = ["batch", "-", "--model", "fal:" + Kling.FalEndpoint, "--out", Out, "--base-url", Simulator.BaseUrl.ToString()];
        (await CliProcess.RunAsync(arguments, input: Line("here") + own)).Exits(0).Says("2 of 2 jobs of 'stdin' are done; ");

        var jobs = await JobsByLabelAsync();
        Assert.Equal(("fal", "eachlabs"), (jobs["here"].GetProperty("provider").GetString(), jobs["7"].GetProperty("provider").GetString()));
    }

    [Fact]
    public async Task A_simulated_batch_needs_nothing_and_leaves_no_ledger()
    {
        var result = await CliProcess.RunAsync("batch", Shots("wave"), "--model", Kling.Neutral, "--out", Out, "--simulate");

        result.Exits(0).Says("Using the embedded simulator at ").Says("1 of 1 jobs of 'shots.jsonl' are done; ");
        Assert.Equal([".json", ".mp4"], Directory.EnumerateFiles(Out).Select(Path.GetExtension).Order());
    }

    [Fact]
    public async Task A_batch_that_was_begun_at_a_provider_is_not_paid_for_again_at_another()
    {
        var file = Shots("wave");
        string[] anywhere = ["batch", file, "--model", Kling.Neutral, "--out", Out, "--base-url", Simulator.BaseUrl.ToString()];
        (await CliProcess.RunAsync([.. anywhere, "--provider", "eachlabs"])).Exits(0);

        (await CliProcess.RunAsync([.. anywhere, "--provider", "fal"])).Exits(2).Says("--provider: the batch was begun at eachlabs");
        (await CliProcess.RunAsync(anywhere)).Exits(0).Says("1 of 1 inputs are jobs of 'shots.jsonl' already");
        var keyless = anywhere.SkipLast(2).ToArray();
        (await CliProcess.RunAsync(keyless)).Exits(2).Says("No key is in the environment for eachlabs, which jobs of the batch need: set EACHLABS_API_KEY");

        Assert.Equal(1, Simulator.Submits);
    }

    [Fact]
    public async Task A_job_that_failed_is_put_back_by_a_person()
    {
        Simulator.AddFault(new SimulatorFault { Kind = FaultKind.JobFailure });
        var file = Shots("wave");

        (await CliProcess.RunAsync(Batch(file))).Exits(3).Says("wave failed: ").Says("Failed: 1 job. `zoetrope jobs list --state failed --ledger ");
        (await CliProcess.RunAsync(Batch(file))).Exits(3);
        Assert.Equal(1, Simulator.Submits);

        var failed = Assert.Single((await JobsByLabelAsync()).Values);
        var id = failed.GetProperty("id").GetString()!;
        Assert.Equal("failed", State(failed));
        (await JobsAsync("retry", id[^8..])).Exits(0).Says($"{id} will be submitted again");
        (await CliProcess.RunAsync(Batch(file))).Exits(0);
        Assert.Equal(2, Simulator.Submits);
        (await JobsAsync("retry", id)).Exits(2).Says($"ID: the job {id} has not failed; its state is delivered");
        (await JobsAsync("cancel", id)).Exits(3).Says($"{id} had already ended.");
    }

    [Fact]
    public async Task A_cap_is_reached_and_then_raised()
    {
        var file = Shots("a", "b", "c", "d", "e");

        (await CliProcess.RunAsync(Batch(file, "--max-job-cost", "0.49"))).Exits(2)
            .Says("line 5: costs exactly $0.5, which is more than --max-job-cost allows").Says("Nothing was recorded or sent.");
        Assert.False(Directory.Exists(Out));

        // The price that fal publishes is fetched once.
        var reached = (await CliProcess.RunAsync(Batch(file, "--max-cost", "2.2"))).Exits(4);
        reached.Says("4 of 5 jobs of 'shots.jsonl' are done; $2.00 spent.").Says("Waiting: 1 job, because batch:shots.jsonl has a cap of $2.20");
        Assert.Equal(2, Simulator.Requests.Count(request => request.Path.Contains("pricing", StringComparison.Ordinal)));
        (await CliProcess.RunAsync(Batch(file))).Exits(4);
        Assert.Equal(4, Simulator.Submits);

        (await CliProcess.RunAsync(Batch(file, "--max-cost", "10"))).Exits(0).Says("5 of 5 jobs of 'shots.jsonl' are done; $2.50 spent.");
        Assert.Equal(5, Simulator.Submits);
    }

    [Fact]
    public async Task A_job_whose_cost_is_not_known_waits_under_a_cap_until_somebody_says_what_it_costs_at_most()
    {
        var file = Shots("a", "b", "c", "d", "e");
        string[] batch = ["batch", file, "--model", "eachlabs:" + Kling.Neutral, "--out", Out, "--base-url", Simulator.BaseUrl.ToString(), "--max-cost", "2"];

        var unknown = (await CliProcess.RunAsync(batch)).Exits(4);
        unknown.Says("What 5 of the jobs cost at most is not known: under --max-cost they wait, until the same command has --max-job-cost as well.");
        unknown.Says("Waiting: 5 jobs, because batch:shots.jsonl has a cap of $2.00, and what this job costs is not known");
        Assert.Equal(0, Simulator.Submits);

        // A job costs $0.30, as the provider reports when it has ended; before that, $0.90 are set aside.
        var reached = (await CliProcess.RunAsync([.. batch, "--max-job-cost", "0.9"])).Exits(4);
        reached.Says("4 of 5 jobs of 'shots.jsonl' are done; $1.20 spent.");
        reached.Says("Waiting: 1 job, because batch:shots.jsonl has a cap of $2.00: $1.20 are spent");
        Assert.Equal(4, Simulator.Submits);
    }

    [Fact]
    public async Task The_table_is_kept_up_to_date_on_a_terminal()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        using var run = CliProcess.Start(Batch(Shots("wave", "smile")), new Dictionary<string, string> { ["TERM"] = "xterm" }, onTerminal: true);

        var result = (await run.FinishAsync()).Exits(0);

        foreach (var word in (string[])["queued", "running", "done", "failed", "in doubt", "paused", "spent", "time left", "0 of 2", "2 of 2"])
            Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }
}
