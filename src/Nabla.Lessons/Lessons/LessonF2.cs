namespace Nabla.Lessons;

internal static class LessonF2
{
    public static Lesson Lesson { get; } = new(
        "F2",
        new("Epoch and batch size", "에포크와 배치 사이즈"),
        new("How many samples a step looks at, and when every sample has had its turn.", "한 스텝이 표본을 몇 개 보는지, 언제 모든 표본이 한 번씩 쓰이는지."),
        new TextSection(
            """
            A **batch size** of 16 means that every step takes 16 samples: one forward pass for all of them, one mean loss, one gradient, one change of the weights. An **epoch** is
            over when every sample was taken once.

            With 100 samples and a batch size of 16 an epoch has 7 steps: six full batches, and a last one with the 4 samples that are left. For the next epoch the samples are
            shuffled, so that the batches are never the same.

            Why not take all samples at once? The gradient would be exact but dear, and the weights would move once an epoch. Why not one at a time? The steps would be cheap, but each
            would point somewhere else. A batch is the compromise: a cheap and fairly reliable estimate of the gradient, and many steps an epoch.
            """,
            """
            **배치 사이즈**가 16이라는 것은 스텝마다 표본을 16개씩 쓴다는 뜻입니다. 16개를 한꺼번에 순전파하고, 평균 손실 하나와 기울기 하나를 구해, 가중치를 한 번
            바꿉니다. 모든 표본이 한 번씩 쓰이면 한 **에포크**가 끝납니다.

            표본이 100개이고 배치 사이즈가 16이면 한 에포크는 7스텝입니다. 가득 찬 배치가 여섯이고, 마지막 배치에는 남은 4개가 들어갑니다. 다음 에포크에는 표본을 다시
            섞으므로 배치가 매번 달라집니다.

            왜 모든 표본을 한꺼번에 쓰지 않을까요? 기울기는 정확하지만 비싸고, 가중치가 에포크마다 한 번만 움직입니다. 그럼 하나씩 쓰면 어떨까요? 스텝은 싸지만 저마다
            엉뚱한 곳을 가리킵니다. 배치는 그 타협입니다. 싸면서도 꽤 믿을 만하게 기울기를 어림하고, 에포크마다 여러 번 움직입니다.
            """),
        new TableSection([new("batch size", "배치 사이즈"), new("steps an epoch", "에포크당 스텝"), new("batches of the first epoch", "첫 에포크의 배치")], Steps)
        {
            Title = new("100 samples, cut into batches", "표본 100개를 배치로 나누기"),
        },
        new CodeSection("F2"),
        new QuizSection(
            "quiz-1",
            new("60,000 samples, a batch size of 16, 5 epochs. How often do the weights change?", "표본 60,000개, 배치 사이즈 16, 5에포크입니다. 가중치는 몇 번 바뀔까요?"),
            ["5", "3,750", "18,750", "300,000"],
            right: 2,
            new("60,000 / 16 = 3,750 steps an epoch, five times.", "에포크마다 60,000 / 16 = 3,750스텝이고, 다섯 번 되풀이합니다.")));

    private static IEnumerable<BilingualText[]> Steps()
    {
        Dataset samples = Digits.Create(seed: 3, trainCount: 100, testCount: 1).Train;
        foreach (int size in new[] { 1, 16, 50, 100 })
        {
            DataLoader loader = new(samples, batchSize: size);
            int[] sizes = [.. loader.Epoch(0).Select(batch => batch.Count)];
            string batches = string.Join(" + ", sizes.GroupBy(count => count).Select(group => $"{group.Count()} × {group.Key}"));
            yield return [$"{size}", $"{loader.StepsPerEpoch}", batches];
        }
    }
}
