namespace Nabla.Cli;

/// <summary>What people read on the screen, in English or Korean.</summary>
internal sealed record Texts
{
    /// <summary>English.</summary>
    public static Texts English { get; } = new()
    {
        Data = "data",
        Model = "model",
        Optimizer = "optimizer",
        Parameters = "parameters",
        Epoch = "epoch",
        TrainLoss = "train loss",
        TestAccuracy = "test accuracy",
        SamplesPerSecond = "samples/s",
        Seconds = "seconds",
        TimeLeft = "left",
        Loss = "loss",
        LossCurve = "loss, step by step",
        LearningRate = "learning rate",
        AlongACosine = ", falling to 0 along a cosine",
        Plan = "plan",
        EpochsInBatches = (epochs, batch) => $"{epochs:N0} epochs, {batch:N0} samples a step",
        Saved = "saved",
        Interrupted = "interrupted: what was learned until then is saved",
        Samples = (train, test) => $"{train:N0} training samples, {test:N0} test samples",
        TestResult = (accuracy, wrong, count) => $"{accuracy:P2} of the test samples right ({wrong:N0} of {count:N0} wrong)",
        NextEvaluate = "see which classes are mistaken for which",
        NextOther = "try another network",
        NextCheck = "hold every gradient against a central difference",
        True = "true",
        Predicted = "predicted as",
        Recall = "right",
        TestSamples = count => $"{count:N0} test samples",
        More = count => $"… {count:N0} more; all of them go into a file: add > FILE",
        Layer = "layer",
        Elements = "elements",
        WorstError = "largest relative error",
        Verdict = "verdict",
        Right = "right",
        Wrong = "WRONG",
        Here = "on this machine",
        ToFetch = "to be downloaded",
        BuiltIn = "built in",
        StudioAt = address => $"the studio is open at {address} — end it with Ctrl-C",
        StudioIsPublic = "other machines can reach it: what they send is computed here",
        StudioHasNoPage = "the page is missing from this build: install Node.js 20 or newer and build again",
        ProfiledStep = (samples, milliseconds, peak, arena) =>
            $"a step of {samples:N0} samples: {milliseconds:F3} ms; peak of this machine {peak:F0} GFLOP/s; works in {arena:N0} bytes",
        Passes = "lines after each pass",
        PlanLine = "line",
        OfPeak = "of peak",
        Language = Language.English,
        Lessons = "Lessons on backpropagation",
        PlayOne = "play one",
        PlayNext = "go on",
        Question = "Question",
        Exercise = "Exercise",
        Answers = "Answers",
        Derivative = "derivative",
        HowToChoose = last => $"a–{last} or the answer itself; ? shows it, Enter skips, q ends",
        HowToFill = "a number such as -4, 0.25 or 1/3; ? shows it, Enter skips, q ends",
        Score = (right, asked) => $"{right} of {asked} right without help",
        LessonLeft = "Stopped here; come back whenever you like.",
    };

    /// <summary>Korean.</summary>
    public static Texts Korean { get; } = new()
    {
        Data = "데이터",
        Model = "모델",
        Optimizer = "최적화",
        Parameters = "매개변수",
        Epoch = "에포크",
        TrainLoss = "학습 손실",
        TestAccuracy = "시험 정확도",
        SamplesPerSecond = "표본/초",
        Seconds = "초",
        TimeLeft = "남음",
        Loss = "손실",
        LossCurve = "스텝별 손실",
        LearningRate = "학습률",
        AlongACosine = "에서 코사인을 따라 0까지",
        Plan = "계획",
        EpochsInBatches = (epochs, batch) => $"에포크 {epochs:N0}번, 스텝마다 표본 {batch:N0}개",
        Saved = "저장",
        Interrupted = "중단됨: 그때까지 학습한 것을 저장했습니다",
        Samples = (train, test) => $"학습 표본 {train:N0}개, 시험 표본 {test:N0}개",
        TestResult = (accuracy, wrong, count) => $"시험 표본의 {accuracy:P2}를 맞혔습니다 ({count:N0}개 중 {wrong:N0}개 틀림)",
        NextEvaluate = "어떤 클래스를 무엇으로 착각하는지 보기",
        NextOther = "다른 신경망 써 보기",
        NextCheck = "모든 기울기를 중앙 차분과 비교하기",
        True = "정답",
        Predicted = "예측",
        Recall = "맞힘",
        TestSamples = count => $"시험 표본 {count:N0}개",
        More = count => $"… {count:N0}개 더; 모두 파일로 받으려면: > 파일",
        Layer = "층",
        Elements = "원소",
        WorstError = "최대 상대 오차",
        Verdict = "판정",
        Right = "맞음",
        Wrong = "틀림",
        Here = "이 컴퓨터에 있음",
        ToFetch = "내려받아야 함",
        BuiltIn = "내장",
        StudioAt = address => $"스튜디오가 {address} 에서 열렸습니다. 끝내려면 Ctrl-C를 누르세요",
        StudioIsPublic = "다른 컴퓨터에서도 접속할 수 있으며, 보내온 계산을 이 컴퓨터가 합니다",
        StudioHasNoPage = "이 빌드에는 페이지가 없습니다. Node.js 20 이상을 설치한 뒤 다시 빌드하세요",
        ProfiledStep = (samples, milliseconds, peak, arena) =>
            $"표본 {samples:N0}개의 한 스텝: {milliseconds:F3} ms; 이 컴퓨터의 한계 {peak:F0} GFLOP/s; 작업 메모리 {arena:N0} 바이트",
        Passes = "단계마다 남은 줄 수",
        PlanLine = "줄",
        OfPeak = "한계 대비",
        Language = Language.Korean,
        Lessons = "역전파를 배우는 레슨",
        PlayOne = "레슨 하나 해 보기",
        PlayNext = "다음으로",
        Question = "문제",
        Exercise = "연습",
        Answers = "정답",
        Derivative = "미분",
        HowToChoose = last => $"a–{last} 또는 답을 그대로; ?는 정답 보기, Enter는 건너뛰기, q는 끝내기",
        HowToFill = "-4, 0.25, 1/3 같은 수; ?는 정답 보기, Enter는 건너뛰기, q는 끝내기",
        Score = (right, asked) => $"{asked}개 가운데 {right}개를 도움 없이 맞혔습니다",
        LessonLeft = "여기서 멈춥니다. 언제든지 다시 오세요.",
    };

    public required string Data { get; init; }

    public required string Model { get; init; }

    public required string Optimizer { get; init; }

    public required string Parameters { get; init; }

    public required string Epoch { get; init; }

    public required string TrainLoss { get; init; }

    public required string TestAccuracy { get; init; }

    public required string SamplesPerSecond { get; init; }

    public required string Seconds { get; init; }

    public required string TimeLeft { get; init; }

    public required string Loss { get; init; }

    public required string LossCurve { get; init; }

    public required string Saved { get; init; }

    public required string LearningRate { get; init; }

    public required string AlongACosine { get; init; }

    public required string Plan { get; init; }

    public required Func<int, int, string> EpochsInBatches { get; init; }

    public required string Interrupted { get; init; }

    public required Func<int, int, string> Samples { get; init; }

    public required Func<double, int, int, string> TestResult { get; init; }

    public required string NextEvaluate { get; init; }

    public required string NextOther { get; init; }

    public required string NextCheck { get; init; }

    public required string True { get; init; }

    public required string Predicted { get; init; }

    public required string Recall { get; init; }

    public required Func<int, string> TestSamples { get; init; }

    public required Func<int, string> More { get; init; }

    public required string Layer { get; init; }

    public required string Elements { get; init; }

    public required string WorstError { get; init; }

    public required string Verdict { get; init; }

    public required string Right { get; init; }

    public required string Wrong { get; init; }

    public required string Here { get; init; }

    public required string ToFetch { get; init; }

    public required string BuiltIn { get; init; }

    public required Func<Uri, string> StudioAt { get; init; }

    public required string StudioIsPublic { get; init; }

    public required string StudioHasNoPage { get; init; }
    /// <summary>Samples, milliseconds, the machine's peak in GFLOP/s, bytes of the arena.</summary>
    public required Func<int, double, double, long, string> ProfiledStep { get; init; }

    public required string Passes { get; init; }

    public required string PlanLine { get; init; }

    public required string OfPeak { get; init; }
    public required Language Language { get; init; }

    public required string Lessons { get; init; }

    public required string PlayOne { get; init; }

    public required string PlayNext { get; init; }

    public required string Question { get; init; }

    public required string Exercise { get; init; }

    public required string Answers { get; init; }

    public required string Derivative { get; init; }

    public required Func<char, string> HowToChoose { get; init; }

    public required string HowToFill { get; init; }

    public required Func<int, int, string> Score { get; init; }

    public required string LessonLeft { get; init; }

    /// <summary>The texts of a language; none named takes the system's where it is Korean, else English.</summary>
    public static Texts Of(string? language) =>
        (language ?? SystemLanguage()).StartsWith("ko", StringComparison.OrdinalIgnoreCase) ? Korean : English;

    private static string SystemLanguage() =>
        new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "en";
}
